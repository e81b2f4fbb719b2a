/**
 * An explanation says nothing that its report does not show: rules that every explanation keeps,
 * looked at in all of the small inputs and in the real reports, where those are at hand.
 */
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explain, type Explanation } from "../../../lib/splat/explain/explain.js";
import { inputLines } from "../../../lib/splat/read/input/input.js";
import { readSplats } from "../../../lib/splat/read/read.js";
import type { SomeParts, SplatReport } from "../../../lib/splat/report/index.js";
import { isEntry } from "../../../lib/splat/stacks/fold-stack.js";
import { acquiring, plainName, reporting } from "../../../lib/splat/stacks/functions.js";
import { isHelper } from "../../../lib/splat/stacks/owner.js";
import { corpus } from "../corpus.js";

const folder = new URL("../small/", import.meta.url);
const small = readdirSync(folder)
  .filter((name) => name.endsWith(".txt"))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));

/** The same, cut off: after a line of the first half, and of the second. */
const cut = small.flatMap(({ name, text }) => {
  const lines = text.split("\n");
  return [0.3, 0.6, 0.85].map((share) => {
    const end = Math.floor(lines.length * share);
    return { name: `${name}, ${String(end)} lines`, text: lines.slice(0, end).join("\n") };
  });
});

interface Told {
  readonly where: string;
  readonly report: SplatReport;
  readonly parts: SomeParts;
  readonly explanation: Explanation;
  /** All that it says of this report; what holds of every report of its kind is left out. */
  readonly said: string;
  /** The text without blanks, quotes and entities. */
  readonly source: string;
}

const bare = (text: string): string =>
  text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\\([{}_*])/g, "$1")
    .replace(/^[ \t]*(?:>[ >]*)+/gm, "")
    .replace(/`/g, "'")
    .replace(/[\s\u00a0]+/g, "");

const told: readonly Told[] = [...small, ...cut, ...corpus].flatMap(({ name, text }) => {
  const source = bare([...inputLines(text)].map((line) => line.text).join("\n"));
  return readSplats(text).map((report): Told => {
    const explanation = explain(report);
    const { who, ifReal, learnt, mustMeet, columns, questions, suspects } = explanation;
    const said = [
      ...[who, ifReal, learnt, mustMeet].flat(),
      ...[columns.thisTask, columns.existing, columns.otherContext].flat(),
      ...questions.map(({ why }) => why),
      ...suspects.map(({ notWhen }) => notWhen),
    ].join("\n");
    const where = `${name}:${report.firstLine}`;
    return { where, report, parts: report, explanation, said, source };
  });
});

/** What is quoted and is no name of the report: lines of /proc, assertions with their arguments. */
const ownWords =
  /^(?:lockdep_assert[_(]|lock-classes$|direct dependencies$|dependency chain|stack-trace entries$)/;

const faults = (rule: (one: Told) => readonly string[]): readonly string[] =>
  told.flatMap((one) => rule(one).map((fault) => `${one.where} ${fault}`));

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name);

describe("an explanation", () => {
  it("is of many reports", () => {
    expect(told.length).toBeGreaterThan(140);
  });

  it("names no lock and no function that the text does not have", () => {
    const missing = faults(({ said, source }) =>
      found(said, /`([^`]+)`/g)
        .map((name) => name.replace(/\(\)$/, ""))
        // A subclass may stand on a line of its own, behind one of another task.
        .filter(
          (name) => !ownWords.test(name) && !source.includes(bare(name.replace(/\/\d$/, ""))),
        ),
    );
    expect(missing).toEqual([]);
  });

  it("names no file and no task that the text does not have", () => {
    const missing = faults(({ said, source }) => [
      ...found(said, /\(([\w./-]+\.[chS]:\d+)\)/g).filter((file) => !source.includes(file)),
      ...found(said, /^(\S+\/\d+) (?:holds|wants|takes|waits|releases|frees|has)\b/gm).filter(
        (task) =>
          !source.includes(bare(task)) && !source.includes(bare(task.replace(/\/\d+$/, ""))),
      ),
    ]);
    expect(missing).toEqual([]);
  });

  it("looks for the fault in no function that only helps", () => {
    const helpers = faults(({ report, said }) => {
      // Warnings are in lockdep's own functions, or in those of a lock.
      if (["warn", "debug-locks-warn", "lock-debug", "bad-unlock"].includes(report.kind)) return [];
      return found(said, /\b(?:taken|takes it|acquired) in `([A-Za-z_]\w*)`/g).filter(
        (name) =>
          isEntry(name) ||
          reporting.test(plainName(name)) ||
          acquiring.test(plainName(name)) ||
          isHelper(name),
      );
    });
    expect(helpers).toEqual([]);
  });

  it("takes two locks for one by an address that is shown, and by nothing else", () => {
    const wrong = faults(({ said, parts }) => {
      const [one, two] = [parts.acquiring?.addr ?? "", parts.holding?.addr ?? ""];
      const shown = one !== "" && !/^\(|^(?:0x)?0+$/.test(one);
      return [
        ...(said.includes("both are the lock at") && !(shown && one === two) ? ["one lock"] : []),
        ...(said.includes("They are two locks") && !(shown && one !== two) ? ["two locks"] : []),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it("does not say of a stack that is shown that it is not", () => {
    const wrong = faults(({ explanation: { learnt }, parts }) =>
      learnt.filter((line) => {
        if (!/does not show|shows no stack/.test(line)) return false;
        const to = /-> `([^`]+)`/.exec(line)?.[1];
        const links = (parts.chain ?? []).filter(({ lock }) => lock.name === to);
        const isNew = line.includes(": new");
        return (
          links.some(({ frames }) => frames.length > 0) ||
          (isNew && (parts.backtrace?.length ?? 0) > 3)
        );
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("tells every link of a whole chain, and of a cut one that it is cut", () => {
    const wrong = faults(({ report, explanation }) => {
      if (report.kind !== "circular" || report.chain.length === 0) return [];
      const downToZero = report.chain.every(
        ({ index }, at) => index === report.chain.length - 1 - at,
      );
      const fromTheHeld =
        report.chain[0]?.lock.name === report.holding?.name ||
        (report.hasBanner && report.chainSummary.at(-1) !== report.holding?.name);
      const whole = downToZero && fromTheHeld;
      if (!whole) return explanation.unrecovered.length > 0 ? [] : ["cut, and silent"];
      if (report.chain.length === 1) return [];
      const gaps = explanation.learnt.filter((line) => line.includes("` ... -> `"));
      return gaps.length === 0 && explanation.learnt.length === report.chain.length
        ? []
        : [`${report.chain.length} links, ${explanation.learnt.length} told`];
    });
    expect(wrong).toEqual([]);
  });

  it("says of nobody on the stack that it left with the lock", () => {
    const wrong = faults(({ said, report }) =>
      found(said, /`([\w.]+)`(?:, which took it,)? is not on (?:the|its) stack/g).filter((name) =>
        report.backtrace.some(({ symbol }) => plainName(symbol ?? "") === plainName(name)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("says that a lock was only read where every use that is shown reads", () => {
    const wrong = faults(({ said, parts }) =>
      found(said, /`([^`]+)` was only seen taken for reading/g).filter((name) =>
        (parts.usageBlocks ?? [])
          .filter(({ lock }) => lock.name === name)
          .some(({ states }) => {
            const names = states.map(({ state }) => state);
            return names.includes("INITIAL READ USE") && names.includes("INITIAL USE");
          }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("has a mend, or says that nothing is known", () => {
    const silent = faults(({ explanation: { ifReal, known }, report }) =>
      ifReal.length + known.length === 0 && report.backtrace.length > 0 ? ["silent"] : [],
    );
    expect(silent).toEqual([]);
  });

  it("does not say that nothing else is held where not all that is held is shown", () => {
    const wrong = faults(({ said, report: { held } }) =>
      said.includes("holds nothing else") && (held === null || held.locks.length < held.count)
        ? ["nothing else"]
        : [],
    );
    expect(wrong).toEqual([]);
  });

  it("is made of whole sentences", () => {
    const broken = faults(({ said }) =>
      said
        .replace(/`[^`]*`/g, "X")
        .split("\n")
        .filter((line) => /undefined|\bnull\b|NaN|\{\w|,,| ,|-\d+ others|\(\)\(/.test(line)),
    );
    expect(broken).toEqual([]);
  });
});
