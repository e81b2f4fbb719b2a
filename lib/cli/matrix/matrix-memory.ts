/** A file of what explorations found, so that a long matrix can be ended and gone on with. */
import { isRecord } from "../../primitives/record.js";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { properties } from "../../explore/index.js";
import type { Explored, Memory } from "../../kvm/index.js";
import { type Scenario, translate } from "../../machine/index.js";

/**
 * Returns the memory that is kept in a file: a line of JSON for each exploration. A scenario is known by
 * its table of transitions, so that what was found of other code is never taken for it; a line that
 * cannot be read is passed over.
 *
 * @throws InvalidArgumentError if the file cannot be written
 */
export function memoryIn(file: string): Memory {
  writable(file);
  const known = new Map(readFileSync(file, "utf8").split("\n").flatMap(entryOf));
  return {
    recall: (scenario) => known.get(fingerprint(scenario)),
    keep: (scenario, explored) => {
      if (explored.verdict === "inconclusive") return;
      const model = fingerprint(scenario);
      const line = { model, name: scenario.name, sizes: scenario.sizes, ...explored };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    },
  };
}

/** Says so now, and not after the first exploration. */
function writable(file: string): void {
  try {
    appendFileSync(file, "");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`It cannot be written: ${why}.`);
  }
}

const verdicts = ["safe", ...properties] as const;

function fingerprint(scenario: Scenario): string {
  const { slots, processes, transitions, always, quiescent, finally: atEnd } = translate(scenario);
  const ranges = slots.map(({ name, min, max, init }) => [name, min, max, init]);
  const ends = processes.map(({ name, kind, ends: at }) => [name, kind, [...at]]);
  const steps = transitions.map(({ process, from, to, label, guard, changes }) => [
    process,
    from,
    to,
    label,
    guard,
    changes,
  ]);
  const all = JSON.stringify([ranges, ends, steps, always, quiescent, atEnd]);
  return createHash("sha256").update(all).digest("hex");
}

function entryOf(line: string): readonly (readonly [string, Explored])[] {
  const read = parsed(line);
  const [model, verdict, complete, states, steps] = [
    read.get("model"),
    verdicts.find((one) => one === read.get("verdict")),
    read.get("complete"),
    read.get("states"),
    read.get("steps"),
  ];
  if (typeof model !== "string" || verdict === undefined) return [];
  if (typeof complete !== "boolean" || typeof states !== "number") return [];
  if (steps !== null && typeof steps !== "number") return [];
  return [[model, { verdict, complete, states, steps }]];
}

function parsed(line: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return new Map(isRecord(value) ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
