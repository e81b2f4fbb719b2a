import { describe, expect, it } from "vitest";
import { dining, peterson, stories } from "../../lib/atlas/stories/index.js";
import { promela } from "../../lib/explore/index.js";
import {
  type Scenario,
  add,
  at,
  bool,
  eq,
  forever,
  if_,
  int,
  scenario,
  set,
  thread,
  translate,
  variable,
} from "../../lib/machine/index.js";
import { agreeWithSpin, hasSpin } from "./spin.js";

if (!hasSpin) {
  console.warn("NOT RUN: comparisons with SPIN; install spin and gcc to run them");
}

const x = variable("x", int(0, 2));
const index = variable("index", int(0, 3));
const pair = variable("pair", bool, { per: [2] });

/** A program of one thread. */
const alone = (...body: Parameters<typeof forever>[0]) =>
  scenario("alone", { sizes: { cpu: 1 }, processes: [thread("T", 0, body)] });

const misused: readonly (readonly [string, Scenario])[] = [
  ["a value that outgrows its range", alone(forever([set(x, add(x, 1)), if_(eq(x, 2), [])]))],
  [
    "an index beyond its array",
    alone(
      set(index, 3),
      if_(at(pair, index), []),
      set(at(pair, index), true),
      if_(at(pair, 1), []),
    ),
  ],
];

const told: readonly (readonly [string, Scenario])[] = [
  ...stories.map(({ name, scenario }) => [name, scenario] as const),
  ...misused,
  ...[3, 4, 6, 7, 8].map((n) => [`dining-${String(n)}`, dining(n)] as const),
];

describe.skipIf(!hasSpin)("SPIN and the lab", () => {
  it.concurrent.each(told)("agree about %s", async (_, story) => {
    await agreeWithSpin(story);
  });
});

describe("promela", () => {
  it("gives the same text for the same model", () => {
    expect(promela(translate(peterson()))).toBe(promela(translate(peterson())));
    expect(promela(translate(peterson()), { purpose: "verdict" })).toContain(
      "active proctype always0",
    );
  });
});
