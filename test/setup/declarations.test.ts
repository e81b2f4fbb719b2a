import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("the lab's declarations in one file have every module that one of them imports", () => {
  const text = readFileSync(new URL("../../dist/lockdep-lab.d.ts", import.meta.url), "utf8");
  const names = (pattern: RegExp): Set<string> =>
    new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ""));
  const declared = names(/^declare module "([^"]+)" \{$/gm);
  const imported = names(/\b(?:from |import\()"([^"]+)"/g);
  expect(declared.size).toBeGreaterThan(100);
  expect([...imported].filter((name) => !declared.has(name))).toEqual([]);
  expect(text).not.toMatch(/^(?:export )?declare (?!module )/m);
});
