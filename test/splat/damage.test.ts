import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "../../lib/splat/explain/explain.js";
import { explanationText } from "../../lib/splat/explain/format/text.js";
import { factsOf } from "../../lib/splat/facts.js";
import { toProgram } from "../../lib/splat/program/to-program.js";
import { readSplats } from "../../lib/splat/read/read.js";
import { corpus } from "./corpus.js";
import { readAll } from "./read-report.js";

const read = (name: string): string =>
  readFileSync(new URL(`../oracle/kernel-splats/${name}.txt`, import.meta.url), "utf8");

const splats = ["none", "all1", "novalidate"].map(read);

/** The facts without those that say where in the input a thing stood. */
function essence(text: string): unknown {
  return readSplats(text).map((report) => {
    const {
      lines,
      wrapped_lines_joined: joined,
      interleaved_other_callers: others,
      html_entities: entities,
      ...facts
    } = factsOf(report);
    return { ...facts, told: [typeof lines, typeof joined, typeof others, entities ?? true] };
  });
}

const each = (text: string, change: (line: string, at: number) => string): string =>
  text.trimEnd().split("\n").map(change).join("\n");

const stamp = (at: number): string => `[${(592.7 + at / 1000).toFixed(6).padStart(12)}]`;

/** What loggers, mailers and pages do to every line. */
const dressings: Readonly<Record<string, (text: string) => string>> = {
  "time stamps": (text) => each(text, (line, at) => `${stamp(at)} ${line}`),
  "time stamps and callers": (text) => each(text, (line, at) => `${stamp(at)}[    T1] ${line}`),
  "printk levels": (text) => each(text, (line, at) => `<4>${stamp(at)} ${line}`),
  syslog: (text) => each(text, (line) => `Jul 29 18:27:12 testnode1 kernel: ${line}`),
  "syslog with stamps": (text) =>
    each(text, (line, at) => `Jun  6 20:41:58 box kernel: ${stamp(at)} ${line}`),
  "ISO dates": (text) =>
    each(text, (line) => `2024-07-29T18:27:12.123456+02:00 box kernel: ${line}`),
  "dmesg -T": (text) => each(text, (line) => `[Mon Jul 29 18:27:12 2024] ${line}`),
  "dmesg -x": (text) => each(text, (line, at) => `kern  :warn  : ${stamp(at)} ${line}`),
  "/dev/kmsg": (text) => each(text, (line, at) => `4,${1200 + at},95314277,-,caller=T1;${line}`),
  "a mail's quotes": (text) => each(text, (line) => `> > ${line}`),
  "other quotes": (text) => each(text, (line) => `>> ${line}`),
  bars: (text) => each(text, (line) => `| ${line}`),
  tabs: (text) => each(text, (line) => `\t\t${line}`),
  "an unknown mark": (text) => each(text, (line) => `00010 ${line}`),
  "line numbers": (text) =>
    each(text, (line, at) => `${String(at + 350).padStart(6)} ${stamp(at)} ${line}`),
  "no-break spaces": (text) => text.replace(/ /g, "\u00a0"),
  entities: (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
  "escaped braces": (text) => text.replace(/[{}]/g, "\\$&"),
  "carriage returns": (text) => text.replace(/\n/g, "\r\n"),
  "trailing blanks": (text) => each(text, (line) => `${line}   `),
};

describe("a report reads the same", () => {
  const plain = splats.map(essence);

  it.each(Object.entries(dressings))("behind %s", (_, dress) => {
    expect(splats.map((text) => essence(dress(text)))).toEqual(plain);
  });

  it("in the middle of other text", () => {
    const prose = "I ran it again and it still happens.\nSee below.\n\n";
    expect(splats.map((text) => essence(`${prose}${text}\nThanks,\nA.\n`))).toEqual(plain);
  });

  it("with a logger's and a mailer's marks on top of each other", () => {
    const both = (text: string): string =>
      each(
        each(text, (line, at) => `<4>${stamp(at)} ${line}`),
        (line) => `> > ${line}`,
      );
    expect(splats.map((text) => essence(both(text)))).toEqual(plain);
  });

  it("one after the other in one log", () => {
    expect(essence(splats.join("\n"))).toEqual(plain.flat());
  });

  it("while another CPU prints between its lines", () => {
    const mixed = splats.map((text) =>
      each(
        text,
        (line, at) => `${stamp(at)}[    T1] ${line}\n${stamp(at)}[   C3] usb 1-1: new device`,
      ),
    );
    expect(mixed.map(essence)).toEqual(plain);
  });

  it("from two CPUs at once", () => {
    const [first, second] = splats.map((text) => text.trimEnd().split("\n"));
    if (first === undefined || second === undefined) throw new Error("two splats are needed");
    const rows = Array.from({ length: Math.max(first.length, second.length) }, (_, at) => [
      ...(at < first.length ? [`${stamp(at)}[    T1] ${first[at] ?? ""}`] : []),
      ...(at < second.length ? [`${stamp(at)}[   T23] ${second[at] ?? ""}`] : []),
    ]);
    expect(essence(rows.flat().join("\n"))).toEqual([plain[0], plain[1]].flat());
  });
});

describe("what was done to the text is told", () => {
  it("characters that were written as entities of a web page", () => {
    const [plain = ""] = splats;
    expect(readSplats(plain).map(factsOf)).not.toHaveProperty([0, "html_entities"]);
    const page = plain.replace(/&/g, "&amp;").replace(/>/g, "&gt;");
    expect(readSplats(page).map(factsOf)).toHaveProperty([0, "html_entities"], true);
  });

  it("a CPU line without a version ends where the next line of the report begins", () => {
    const [plain = ""] = splats;
    const cut = plain.replace(/( Comm: \S+ Not tainted) .*$/m, "$1");
    expect(cut).not.toBe(plain);
    const [report] = readSplats(cut);
    expect(report?.joined).toBe(0);
    expect(report?.backtrace).toEqual(readSplats(plain)[0]?.backtrace);
  });
});

describe("a report that a mailer wrapped", () => {
  it("keeps its locks, its chain, its scenario and its task", () => {
    const wrap = (line: string): string => {
      const broken = line.replace(/^(.{40,70}) (\S.*)$/, "$1\n$2");
      return broken;
    };
    for (const text of splats) {
      const [before] = readAll(text);
      const [after] = readAll(each(text, wrap));
      const main = (report: typeof before): unknown => [
        report?.kind,
        report?.task,
        report?.acquiring?.name,
        report?.holding?.name,
        report?.chain?.map(({ lock, index }) => [index, lock.name, lock.usage, lock.wait]),
        report?.chainSummary,
        report?.held?.locks.map(({ name, at }) => [name, at?.symbol]),
        report?.context,
      ];
      expect(main(after)).toEqual(main(before));
    }
  });
});

describe("what is no report", () => {
  it.each([
    ["nothing", ""],
    ["blank lines", "\n\n \n"],
    ["prose about one", "I saw WARNING: possible circular locking dependency detected in my log"],
    ["a subject", "Subject: BUG: MAX_LOCKDEP_CHAIN_HLOCKS too low! on 6.4"],
    ["a binary", "\u0000\u0001ELF\u0002lockdep.c:12\u0000"],
    ["a bad lock", "BUG: spinlock bad magic on CPU#0, swapper/1"],
  ])("is not taken for one: %s", (_, text) => {
    expect(readSplats(text)).toEqual([]);
  });
});

/** Cuts, drops, doubles, swaps and garbles; `at` and `by` are shares of the text's length. */
const mutation = fc.record({
  kind: fc.constantFrom("cut", "drop", "double", "swap", "garble", "join", "head"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  by: fc.double({ min: 0, max: 0.1, noNaN: true }),
  junk: fc.string({ maxLength: 30 }),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(text: string, { kind, at, by, junk }: Mutation): string {
  const from = Math.floor(at * text.length);
  const to = Math.min(text.length, from + Math.ceil(by * text.length));
  switch (kind) {
    case "cut":
      return text.slice(0, from);
    case "head":
      return text.slice(from);
    case "drop":
      return text.slice(0, from) + text.slice(to);
    case "double":
      return text.slice(0, to) + text.slice(from);
    case "swap":
      return text.slice(0, from) + text.slice(to) + text.slice(from, to);
    case "join":
      return text.slice(0, from) + text.slice(from, to).replace(/\n/g, " ") + text.slice(to);
    default:
      return text.slice(0, from) + junk + text.slice(to);
  }
}

describe("a damaged report", () => {
  const seeds = [...splats, ...corpus.map(({ text }) => text)];

  it("never throws: not when read, explained or made a program", () => {
    fc.assert(
      fc.property(
        fc.nat(seeds.length - 1),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (seed, mutations) => {
          const text = mutations.reduce(mutate, seeds[seed] ?? "");
          for (const report of readSplats(text)) {
            expect(explanationText(explain(report)).length).toBeGreaterThan(0);
            toProgram(report);
            JSON.stringify(factsOf(report));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("says what could not be recovered, and at which line", () => {
    const [text] = splats;
    const half = (text ?? "").split("\n").slice(0, 12).join("\n");
    const [report] = readSplats(half);
    expect(report?.kind).toBe("circular");
    expect(report?.unrecovered.map(({ what }) => what)).toContain("the existing dependency chain");
    for (const { line } of report?.unrecovered ?? []) expect(line).toBeLessThanOrEqual(12);
  });
});

describe("size", () => {
  const line =
    "[  123.456789][  T123] usb 1-1: new high-speed USB device number 5 using xhci_hcd\n";

  it("reads 50 MB of log, with reports in it, in seconds", () => {
    const half = line.repeat(Math.ceil(25e6 / line.length));
    // Of the processor, so that a busy machine says the same.
    const before = process.cpuUsage();
    const reports = readSplats(half + splats.join("\n") + half);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    console.info(`50 MB of log: ${seconds.toFixed(2)} s`);
    expect(reports).toHaveLength(3);
    expect(seconds).toBeLessThan(5);
  });

  it.each([
    ["one line", 4e6, (size: number): string => "possible circular ".repeat(size / 18)],
    [
      "headlines",
      1e6,
      (size: number): string => "INFO: inconsistent lock state\n".repeat(size / 30),
    ],
    [
      "open locks",
      4e6,
      (size: number): string =>
        "WARNING: inconsistent lock state\n" + " #0: ffffffff00000000 ((((\n".repeat(size / 27),
    ],
    [
      "frames",
      2e6,
      (size: number): string =>
        "INFO: inconsistent lock state\nCPU: 0 PID: 1 Comm: a Not tainted 6.1 #1\n" +
        " f+0x1/0x2\n".repeat(size / 11),
    ],
  ])("grows no faster than the input: %s", (_, most, make) => {
    const time = (size: number): number => {
      const text = make(size);
      const before = performance.now();
      readSplats(text);
      return performance.now() - before;
    };
    time(1e5);
    const small = time(most / 4);
    const large = time(most);
    // Four times the input; sixteen times the time would be quadratic.
    expect(large).toBeLessThan(10 * Math.max(small, 30));
  });
});
