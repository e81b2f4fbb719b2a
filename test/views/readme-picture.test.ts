import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { lockdepVerdict, pathsOnce } from "../../lib/kvm/index.js";
import { lockGraph } from "../../lib/views/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const place = "lib/views/pictures/the-circle.svg";
const file = (name: string): URL => new URL(`../../${name}`, import.meta.url);

/** The graph that README.md shows: what lockdep knows when sched_out and the handler have run. */
async function theCircle(): Promise<string> {
  const { lockdep, report } = lockdepVerdict(pathsOnce(kernelC), ["o", "w"]);
  if (report === null) throw new Error("no report, no circle");
  const heading = "What lockdep believes: a circle of three lock classes";
  return (await lockGraph(lockdep.graph(), { report, heading })).svg;
}

describe("the picture of README.md", () => {
  it("is the one that the lab draws now; `npx vitest run -u` writes it anew", async () => {
    await expect(`${await theCircle()}\n`).toMatchFileSnapshot(file(place).pathname);
  });

  it("is shown there, with a text for who cannot see it, and follows the reader's scheme", () => {
    expect(readFileSync(file("README.md"), "utf8")).toMatch(
      /!\[A circle of three lock classes[^\]]+\]\(lib\/views\/pictures\/the-circle\.svg\)/,
    );
    expect(readFileSync(file(place), "utf8")).toContain("prefers-color-scheme:dark");
  });
});
