import { describe, expect, it } from "vitest";
import { factsOf } from "../../lib/splat/facts.js";
import { readSplats } from "../../lib/splat/read/read.js";
import type { CorpusFile, Fact } from "./corpus.js";
import { corpus, famous, hasCorpus, negatives } from "./corpus.js";
import { knownErrors } from "./known-errors.js";

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The paths at which `got` is not what `want` says; only what is in `want` counts. */
function differences(want: Fact, got: unknown, path: string): string[] {
  if (Array.isArray(want)) {
    const list: readonly Fact[] = want;
    if (!Array.isArray(got) || got.length !== list.length) return [path];
    return list.flatMap((item, at) => differences(item, got[at], `${path}[${at}]`));
  }
  if (isObject(want)) {
    if (!isObject(got)) return [path];
    return Object.entries(want).flatMap(([name, value]) =>
      differences(value, got[name], `${path}.${name}`),
    );
  }
  return want === got ? [] : [path];
}

interface Outcome {
  readonly facts: number;
  readonly wrong: readonly string[];
  readonly excused: readonly string[];
}

function judge(file: CorpusFile): Outcome {
  const reports = readSplats(file.text);
  const first = reports[0];
  const got: Record<string, unknown> = {
    ...(first === undefined ? {} : factsOf(first)),
    headlines_in_file: reports.map(({ kind }) => kind),
  };
  const wanted = Object.entries(file.facts);
  const found = wanted.flatMap(([name, fact]) => differences(fact, got[name], name));
  const known = knownErrors.filter((error) => error.file === file.name).map(({ fact }) => fact);
  return {
    facts: wanted.length,
    wrong: found.filter((path) => !known.includes(path)).map((path) => `${file.name} ${path}`),
    excused: known.filter((path) => found.includes(path)).map((path) => `${file.name} ${path}`),
  };
}

describe.skipIf(!hasCorpus)("real reports", () => {
  const outcomes = corpus.map(judge);

  it("have the right kind, every one", () => {
    const wrong = corpus.filter(({ text, kind }) => readSplats(text)[0]?.kind !== kind);
    expect(wrong.map(({ name }) => name)).toEqual([]);
    console.info(`kind right: ${corpus.length - wrong.length} of ${corpus.length}`);
  });

  it("have the right facts, all of them but the index's own errors", () => {
    const wrong = outcomes.flatMap((outcome) => outcome.wrong);
    const facts = outcomes.reduce((sum, outcome) => sum + outcome.facts, 0);
    const excused = new Set(
      outcomes.flatMap((outcome) =>
        outcome.excused.map((path) => path.replace(/ (\w+)[[.].*$/, " $1")),
      ),
    );
    expect(wrong).toEqual([]);
    console.info(
      `facts equal to the index: ${facts - excused.size} of ${facts}; the other ${excused.size} are errors of the index`,
    );
  });

  it("bear out every known error of the index", () => {
    const excused = outcomes.flatMap((outcome) => outcome.excused);
    const listed = knownErrors.map(({ file, fact }) => `${file} ${fact}`);
    expect(listed.filter((entry) => !excused.includes(entry))).toEqual([]);
  });

  it("are not seen where there is none", () => {
    expect(negatives.flatMap(({ text }) => readSplats(text))).toEqual([]);
  });

  it("are read from the report that led to the fix, escaped braces or not", () => {
    const facts = famous.map(({ text }) => readSplats(text).map(factsOf));
    for (const [first] of facts) {
      expect(first).toMatchObject({
        kind: "circular",
        acquiring: { name: "&p->pi_lock", usage: "-.-." },
        holding: { name: "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)", usage: "-..." },
        unrecovered: [],
      });
    }
    expect(facts).toHaveLength(2);
  });
});
