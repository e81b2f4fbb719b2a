/** The file of C that the README has to be copied is what it says. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

it("the README's C is found wrong by both judges", async () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const text = /```c\n([^]*?)```/.exec(readme)?.[1] ?? "";
  const kernelC = await loadKernelC();
  expect(bothOn(kernelC(text)).quadrant).toBe("both find it");
});
