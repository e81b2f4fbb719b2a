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
import { firstStuck } from "../../lib/explore/deadlock/deadlock.js";
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
function answer(
  folder: string,
  statesForModule: number,
  options: ExploreOptions = {},
  reductions = reduced,
) {
  const shelf = codeFiles({ LOCKDEP_LAB_CACHE: folder }, statesForModule);
  const cache = new CodeCache(8, shelf);
  const found = search(model, reductions, new Budget(options), options, undefined, cache);
  const { store, transitions, depth, levels, findings, cutShort, assumptions } = found;
  const stuck = firstStuck(found)?.state;
  const words = store.words.slice(0, store.count * found.compiled.packing.words);
  return {
    words,
    transitions,
    depth,
    levels,
    findings,
    cutShort,
    stuck,
    guards: assumptions.guards,
  };
}

const forms = [
  ["bytecode", Infinity],
  ["a WebAssembly module", 0],
] as const;

const fresh = answer("off", Infinity);

/** A folder with the code of one answer in it, and the file. */
function filled(
  name: string,
  statesForModule: number,
): { readonly folder: string; readonly file: string } {
  const folder = join(root, `${name}-${String(statesForModule)}`);
  answer(folder, statesForModule);
  const [file = ""] = readdirSync(join(folder, "code"));
  return { folder, file: join(folder, "code", file) };
}

describe.each(forms)("code that is kept for the next process as %s", (_, states) => {
  it("gives the same states, in the same order, as code made anew", () => {
    const { folder, file } = filled("same", states);
    const before = readFileSync(file);
    expect(answer(folder, states)).toEqual(fresh);
    expect(readFileSync(file)).toEqual(before);
  });

  it("is not written anew: the source comes from the file", () => {
    const { folder } = filled("source", states);
    const shelf = codeFiles({ LOCKDEP_LAB_CACHE: folder }, states);
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
          moduleOf: (name) => kept.moduleOf(name),
          engine: (name, size) => kept.engine(name, size),
          keep: (learnt, names, size) => {
            kept.keep(learnt, names, size);
          },
        };
      },
    });
    search(model, reduced, new Budget({}), {}, undefined, spied);
    expect(written).toEqual([]);
  });

  it("sees what a limit lets it see, as a search that knows nothing does", () => {
    const { folder } = filled("limits", states);
    for (const options of [{ maxStates: 100 }, { maxStates: 3000 }, { maxDepth: 6 }]) {
      expect(answer(folder, states, options)).toEqual(answer("off", states, options));
    }
  });

  it("serves a search without reductions, too", () => {
    const folder = join(root, `plain-${String(states)}`);
    const plain = { local: false, symmetry: false };
    const limit = { maxStates: 5000 };
    const first = answer(folder, states, limit, plain);
    expect(answer(folder, states, limit, plain)).toEqual(first);
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
      const other = new CodeCache(8, codeFiles({ LOCKDEP_LAB_CACHE: join(root, "other") }, states));
      const of = translate(kvm(kernelC, { cpus: 2, vcpus: 2 }));
      search(of, reduced, new Budget({}), {}, undefined, other);
      const [name = ""] = readdirSync(join(root, "other", "code"));
      writeFileSync(file, readFileSync(join(root, "other", "code", name)));
    },
  };
  for (const [what, damage] of Object.entries(damages)) {
    // What reads a file is the same for both.
    if (states === 0 && what !== "changed in one byte") continue;
    it(`is made anew where its file is ${what}`, () => {
      const { folder, file } = filled(what.replace(/ /g, "-"), states);
      const whole = readFileSync(file);
      damage(file);
      expect(answer(folder, states)).toEqual(fresh);
      expect(readFileSync(file).length).toBeGreaterThan(whole.length / 2);
      expect(readdirSync(join(folder, "code")).length).toBe(1);
    });
  }

  it("does without a folder that cannot be made", () => {
    const file = join(root, `no-folder-${String(states)}`);
    writeFileSync(file, "");
    expect(answer(file, states)).toEqual(fresh);
  });

  it("can be switched off", () => {
    expect(codeFiles({ LOCKDEP_LAB_CACHE: "off" })).toBeNull();
  });
});
