/** Statements as C and back: the same states, verdicts and reports, or what C lacks is named. */
import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stories } from "../../../lib/atlas/stories/index.js";
import { explore } from "../../../lib/explore/index.js";
import { toKernelC } from "../../../lib/kernel-c/index.js";
import {
  type Scenario,
  type Statement,
  add,
  at,
  eq,
  fn,
  forever,
  if_,
  int,
  lt,
  mutex,
  mutex_lock,
  mutex_trylock,
  mutex_unlock,
  or,
  raw_spin_lock,
  raw_spin_lock_irqsave,
  raw_spin_unlock,
  raw_spin_unlock_irqrestore,
  raw_spinlock,
  read_lock,
  read_unlock,
  rwlock,
  scenario,
  set,
  thread,
  variable,
  wait_until,
  while_,
  bool,
} from "../../../lib/machine/index.js";
import { bothOn } from "../../../lib/verdict/index.js";
import { loadKernelC } from "../parser.js";

const kernelC = await loadKernelC();

/** What both judges say, and in how many states. */
function answers(of: Scenario): readonly unknown[] {
  const { result, report } = bothOn(of);
  return [result.verdict, result.states, report?.kind ?? null];
}

/** What is said of the text that a scenario is printed as; null if C lacks something of it. */
function answersAsC(of: Scenario): readonly unknown[] | null {
  const { text, missing } = toKernelC(of);
  return missing.length > 0 ? null : answers(kernelC(text, { file: "printed.c" }));
}

describe("statements as C", () => {
  it("say the same of every story that C can tell", () => {
    const told = stories.flatMap(({ name, scenario: of, verdict, states, report }) => {
      const said = answersAsC(of);
      return said === null ? [] : [{ name, said, wanted: [verdict, states, report] }];
    });
    expect(told.filter(({ said, wanted }) => String(said) !== String(wanted))).toEqual([]);
    expect(told.length).toBeGreaterThanOrEqual(27);
  });

  it("say the same of files of C, translated and printed again", () => {
    const folders = ["small", "natural", "typed"].map(
      (name) => new URL(`../${name}/`, import.meta.url),
    );
    const files = folders.flatMap((folder) =>
      readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8")),
    );
    const told = files.flatMap((text) => {
      const of = kernelC(text);
      const said = answersAsC(of);
      return said === null ? [] : [{ text, said, wanted: answers(of) }];
    });
    expect(told.filter(({ said, wanted }) => String(said) !== String(wanted))).toEqual([]);
    expect(told.length).toBeGreaterThanOrEqual(36);
  });

  it("say the same of random programs", () => {
    fc.assert(
      fc.property(programs, (of) => {
        const { text, missing } = toKernelC(of);
        expect(missing).toEqual([]);
        const [written, printed] = [onLines(of), kernelC(text)].map((one) => explore(one));
        expect([printed?.verdict, printed?.states], text).toEqual([
          written?.verdict,
          written?.states,
        ]);
      }),
      {
        numRuns: process.env["LAB_LONG_TESTS"] === "1" ? 500 : 40,
        interruptAfterTimeLimit: 60_000,
      },
    );
  });

  it("read as a kernel developer would write them", () => {
    const lock = raw_spinlock("dev->lock");
    const ready = variable("ready", bool);
    const count = variable("count", int(0, 3));
    const take = fn("dev_take", [raw_spin_lock(lock, { subclass: 1 }), raw_spin_unlock(lock)]);
    const of = scenario("a device", {
      sizes: { cpu: 2 },
      processes: [
        thread("T0", 0, [forever([take])]),
        thread("T1", 1, [
          set(ready, true),
          if_(or(eq(count, 0), ready), [set(count, add(count, 1))]),
        ]),
        thread("T2", [while_(lt(count, 3), [wait_until(ready, "waits")]), set(ready, false), take]),
      ],
    });
    expect(`\n${toKernelC(of).text}`).toMatchInlineSnapshot(`
      "
      /* lab: name a device */
      /* lab: cpus 2 */

      struct dev {
      	raw_spinlock_t lock;
      };
      static struct dev dev;
      static bool ready;
      static int count; /* 0..3 */

      /* lab: thread dev_take on 0 forever */
      static void dev_take(void)
      {
      	raw_spin_lock_nested(&dev.lock, 1);
      	raw_spin_unlock(&dev.lock);
      }

      /* lab: thread T1 on 1 */
      static void T1(void)
      {
      	bool holds;

      	ready = true;
      	in_one_step("(count == 0) || ready") {
      		holds = (count == 0) || ready;
      	}
      	if (holds) {
      		in_one_step("count = count + 1") {
      			count = count + 1;
      		}
      	}
      }

      /* lab: thread T2 */
      static void T2(void)
      {
      	while (count < 3) {
      		wait_until(ready);
      	}
      	ready = false;
      	dev_take();
      }
      "
    `);
  });

  it("name what C lacks, with a comment in its place", () => {
    const story = stories.find(({ name }) => name === "peterson");
    const { text, missing } = toKernelC(
      story?.scenario ?? scenario("", { sizes: {}, processes: [] }),
    );
    expect(missing).toEqual(['section("critical")']);
    expect(text).toContain('/* not in C: section("critical") */');
  });
});

const spin = raw_spinlock("spin");
const locks = raw_spinlock("locks", { per: [2] });
const m = mutex("m");
const rw = rwlock("rw");
const flags = [0, 1].map((k) => variable(`flags${String(k)}`, bool));
const x = variable("x", int(0, 2));
const y = variable("y", bool, { init: 1 });

/** A statement of a thread, with others inside. */
const statement = (
  of: number,
  inner: fc.Arbitrary<readonly Statement[]>,
): fc.Arbitrary<readonly Statement[]> => {
  const saved = flags[of] ?? variable("flags", bool);
  return fc.oneof(
    fc.constant([set(x, 1), set(y, false)]),
    fc.constant([set(x, 2)]),
    fc.constant([wait_until(or(y, eq(x, 0)), "waits")]),
    fc.constant([wait_until(y, "waits for y"), set(y, true)]),
    inner.map((body) => [raw_spin_lock(spin), ...body, raw_spin_unlock(spin)]),
    inner.map((body) => [raw_spin_lock(at(locks, of)), ...body, raw_spin_unlock(at(locks, of))]),
    inner.map((body) => [
      raw_spin_lock_irqsave(spin, saved),
      ...body,
      raw_spin_unlock_irqrestore(spin, saved),
    ]),
    inner.map((body) => [mutex_lock(m), ...body, mutex_unlock(m)]),
    inner.map((body) => [mutex_trylock(m, [...body, mutex_unlock(m)], [set(y, true)])]),
    inner.map((body) => [read_lock(rw), ...body, read_unlock(rw)]),
    inner.map((body) => [if_(eq(x, 1), body)]),
    inner.map((body) => [if_(or(y, eq(x, 2)), body, [set(x, 0)])]),
    inner.map((body) => [fn(`path${String(of)}`, body)]),
  );
};

const bodies = (of: number): fc.Arbitrary<readonly Statement[]> =>
  fc.letrec<{ body: readonly Statement[] }>((tie) => ({
    body: fc.oneof(
      { maxDepth: 2 },
      fc.constant<readonly Statement[]>([set(x, 0)]),
      statement(of, tie("body")),
      fc.tuple(statement(of, tie("body")), tie("body")).map(([one, two]) => [...one, ...two]),
    ),
  })).body;

/** Two threads; each uses every variable, since what one alone uses takes no steps in C. */
/** A scenario whose steps stand on a line each, as those of C do: two that do the same stay two. */
function onLines(of: Scenario): Scenario {
  let line = 0;
  const numbered = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(numbered);
    if (typeof value !== "object" || value === null || !("kind" in value)) return value;
    if (value.kind === "step") return { ...value, at: { file: "random", line: ++line, column: 1 } };
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, numbered(part)]));
  };
  const body = (all: readonly Statement[]): readonly Statement[] =>
    numbered(all) as readonly Statement[];
  return { ...of, processes: of.processes.map((one) => ({ ...one, body: body(one.body) })) };
}

const programs = fc.tuple(bodies(0), bodies(1)).map(([left, right]) => {
  const uses = [set(x, 0), wait_until(y, "waits for y"), set(y, true)];
  return scenario("random", {
    sizes: { cpu: 2 },
    processes: [left, right].map((body, k) => ({
      ...thread(`T${String(k)}`, k, [...body, ...uses]),
      locals: flags.slice(k, k + 1),
    })),
  });
});
