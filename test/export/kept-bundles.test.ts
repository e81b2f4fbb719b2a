import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { keptBundle, sourcesPrint } from "../../lib/export/kept-bundles.js";
import { cacheFolder } from "../../lib/host/cache-folder.js";

const root = mkdtempSync(join(tmpdir(), "lockdep-lab-bundles-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it("a bundle of the same sources is made once; of others, under another name, or where nothing is kept, anew", async () => {
  const folder = cacheFolder("bundles", { LOCKDEP_LAB_CACHE: root });
  let made = 0;
  const make = (): Promise<string> =>
    Promise.resolve(`bundle ${String((made += 1))} – with a dash`);
  const first = await keptBundle(folder, "print", "live", make);
  expect(await keptBundle(folder, "print", "live", make)).toBe(first);
  expect(made).toBe(1);
  expect(await keptBundle(folder, "other", "live", make)).not.toBe(first);
  expect(await keptBundle(folder, "print", "worker", make)).not.toBe(first);
  expect(await keptBundle(null, "print", "live", make)).not.toBe(first);
  expect(made).toBe(4);
});

it("the print of sources changes with a file's contents, with one more, with what is installed or built", () => {
  const write = (name: string, text: string): void => {
    writeFileSync(join(root, name), text);
  };
  mkdirSync(join(root, "lib", "export"), { recursive: true });
  mkdirSync(join(root, "node_modules"));
  mkdirSync(join(root, "dist"));
  write("lib/export/page.ts", "1");
  const prints = [sourcesPrint(root)];
  expect(sourcesPrint(root)).toBe(prints[0]);
  const changes = [
    () => {
      utimesSync(join(root, "lib/export/page.ts"), 1, 1);
    },
    () => {
      write("lib/export/page.css", "");
    },
    () => {
      write("node_modules/.package-lock.json", "{}");
    },
    () => {
      write("dist/.tsbuildinfo", "{}");
    },
  ];
  for (const change of changes) {
    change();
    prints.push(sourcesPrint(root));
  }
  expect(new Set(prints).size).toBe(5);
});
