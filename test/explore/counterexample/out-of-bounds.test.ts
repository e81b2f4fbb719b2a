import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  type Statement,
  add,
  assert,
  assign,
  at,
  bool,
  eq,
  forever,
  if_,
  int,
  lt,
  mutex,
  mutex_lock,
  scenario,
  set,
  step,
  sub,
  thread,
  variable,
  wait_until,
} from "../../../lib/machine/index.js";
import { agree } from "../agreement.js";

const of = (...bodies: readonly (readonly Statement[])[]) =>
  scenario("bounds", {
    sizes: { cpu: 2 },
    processes: bodies.map((body, cpu) => thread(`T${String(cpu)}`, cpu, body)),
  });
const sem = variable("sem", int(0, 1));
const up = step("up(sem)", { then: [assign(sem, add(sem, 1))] });
const down = step("down(sem)", { when: lt(0, sem), then: [assign(sem, sub(sem, 1))] });
const ring = variable("ring", int(0, 3), { per: [2] });
const head = variable("head", int(0, 3));
const got = variable("got", int(-1, 3));
const done = variable("done", bool);

describe("what comes after a value was lost", () => {
  it.each([
    ["a deadlock", of([up, up], [down, down]), "deadlock"],
    ["an assertion", of([up, up, assert(eq(sem, 2), "two")]), "assert"],
    [
      "a wait for an element that is not there",
      of([set(head, 2), set(at(ring, head), 1), wait_until(eq(at(ring, 0), 1))]),
      "deadlock",
    ],
    [
      "what was read beyond an array",
      of([set(head, 2), set(got, at(ring, head)), assert(eq(got, 0), "zero")]),
      "assert",
    ],
  ] as const)("comes second in the verdict: %s", (_, scene, other) => {
    agree(scene);
    const { verdict, violations, warnings } = explore(scene);
    expect(verdict).toBe("misuse");
    expect(violations[other]).toBeDefined();
    expect(warnings).toEqual([
      expect.stringMatching(`the ${other} comes after .*: mend that first`),
    ]);
  });

  it("is warned of though misuse was not looked for", () => {
    const result = explore(of([up, up], [down, down]), { properties: ["deadlock"] });
    expect(result.verdict).toBe("deadlock");
    expect(result.warnings).toEqual([expect.stringMatching(/after sem = 2, out of 0..1/)]);
  });

  it("is nothing where the deadlock can be without it", () => {
    const both = of([forever([up])], [wait_until(done)]);
    expect(explore(both).verdict).toBe("deadlock");
    expect(explore(both).warnings).toEqual([]);
  });

  it("is nothing after another misuse: the values are all there", () => {
    const m = mutex("m");
    const leaves = explore(of([mutex_lock(m)], [mutex_lock(m), if_(done, [])]));
    expect(Object.keys(leaves.violations).sort()).toEqual(["deadlock", "misuse"]);
    expect(leaves.verdict).toBe("deadlock");
  });
});
