import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lib } from "./imports.js";

describe("the public interface", () => {
  it("is what each room makes public: the reference has a page on all of it", () => {
    const rooms = readdirSync(lib, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("public.ts"))
      .map((name) => `./${name.replace(/\.ts$/, ".js")}`);
    const index = readFileSync(join(lib, "index.ts"), "utf8");
    const exported = [...index.matchAll(/^export \* from "([^"]+)";$/gm)].map(([, from]) => from);
    expect(new Set(exported)).toEqual(new Set(rooms));
  });
});
