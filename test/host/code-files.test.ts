import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CodeCache } from "../../lib/explore/codegen/code-cache.js";
import type { ExploreOptions } from "../../lib/explore/index.js";
import { Budget } from "../../lib/explore/search/budget.js";
import { search } from "../../lib/explore/search/search.js";
import { codeFiles } from "../../lib/host/code-files.js";
import { kvm } from "../../lib/kvm/index.js";
import { translate } from "../../lib/machine/index.js";
import { loadKernelC } from "../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

const root = mkdtempSync(join(tmpdir(), "lab-code-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const reduced = { local: true, symmetry: true };
const model = translate(kvm(kernelC, { mutant: "m2", cpus: 2, vcpus: 2 }));

/** A search as that of a new process: nothing is known but what is in the folder. */
function answer(folder: string, options: ExploreOptions = {}, reductions = reduced) {
  const shelf = codeFiles({ LOCKDEP_LAB_CACHE: folder });
  const cache = new CodeCache(8, shelf);
  const found = search(model, reductions, new Budget(options), options, undefined, cache);
  const { store, transitions, depth, levels, findings, cutShort, assumptions } = found;
  const words = store.words.slice(0, store.count * found.compiled.packing.words);
  return { words, transitions, depth, levels, findings, cutShort, guards: assumptions.guards };
}

const fresh = answer("off");

/** A folder with the code of one answer in it, and the file. */
function filled(name: string): { readonly folder: string; readonly file: string } {
  const folder = join(root, name);
  answer(folder);
  const [file = ""] = readdirSync(join(folder, "code"));
  return { folder, file: join(folder, "code", file) };
}

describe("code that is kept for the next process", () => {
  it("gives the same states, in the same order, as code made anew", () => {
    const { folder, file } = filled("same");
    const before = readFileSync(file);
    expect(answer(folder)).toEqual(fresh);
    expect(readFileSync(file)).toEqual(before);
  });

  it("is not written anew: the source comes from the file", () => {
    const { folder } = filled("source");
    const shelf = codeFiles({ LOCKDEP_LAB_CACHE: folder });
    const written: string[] = [];
    const spied = new CodeCache(8, {
      open: (text) => {
        const kept = shelf?.open(text);
        if (kept === undefined) throw new Error("the cache is off");
        return {
          get learnt() {
            return kept.learnt;
          },
          make: (name, text) =>
            kept.make(name, () => {
              written.push(name);
              return text();
            }),
          textOf: (name) => kept.textOf(name),
          keep: (learnt, names) => {
            kept.keep(learnt, names);
          },
        };
      },
    });
    search(model, reduced, new Budget({}), {}, undefined, spied);
    expect(written).toEqual([]);
  });

  it("sees what a limit lets it see, as a search that knows nothing does", () => {
    const { folder } = filled("limits");
    for (const options of [{ maxStates: 100 }, { maxStates: 3000 }, { maxDepth: 6 }]) {
      expect(answer(folder, options)).toEqual(answer("off", options));
    }
  });

  it("serves a search without reductions, too", () => {
    const folder = join(root, "plain");
    const plain = { local: false, symmetry: false };
    const limit = { maxStates: 5000 };
    const first = answer(folder, limit, plain);
    expect(answer(folder, limit, plain)).toEqual(first);
    expect(readdirSync(join(folder, "code")).length).toBe(1);
  });

  const damages: Readonly<Record<string, (file: string) => void>> = {
    "cut off": (file) => {
      truncateSync(file, 1000);
    },
    empty: (file) => {
      truncateSync(file, 0);
    },
    "changed in one byte": (file) => {
      const bytes = readFileSync(file);
      bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    },
    "something else": (file) => {
      writeFileSync(file, "return process.exit(1);".repeat(100));
    },
    "the file of another model": (file) => {
      const other = new CodeCache(8, codeFiles({ LOCKDEP_LAB_CACHE: join(root, "other") }));
      const of = translate(kvm(kernelC, { cpus: 2, vcpus: 2 }));
      search(of, reduced, new Budget({}), {}, undefined, other);
      const [name = ""] = readdirSync(join(root, "other", "code"));
      writeFileSync(file, readFileSync(join(root, "other", "code", name)));
    },
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`is made anew where its file is ${what}`, () => {
      const { folder, file } = filled(what.replace(/ /g, "-"));
      const whole = readFileSync(file);
      damage(file);
      expect(answer(folder)).toEqual(fresh);
      expect(readFileSync(file).length).toBeGreaterThan(whole.length / 2);
      expect(readdirSync(join(folder, "code")).length).toBe(1);
    });
  }

  it("does without a folder that cannot be made", () => {
    const file = join(root, "no-folder");
    writeFileSync(file, "");
    expect(answer(file)).toEqual(fresh);
  });

  it("can be switched off", () => {
    expect(codeFiles({ LOCKDEP_LAB_CACHE: "off" })).toBeNull();
  });
});
