/** What a timeline comes to, in the words of a changelog: "CPU1 #6 waits for CPU0 #1". */
import type { Replay, Transition } from "../../machine/index.js";
import type { Matters } from "./matters.js";
import type { Row, Rows, StandingRow } from "./rows.js";
import { cpuName } from "./layout.js";

/** Returns the sentences, the failures first. */
export function sentencesOf(trace: Replay, matters: Matters, rows: Rows): readonly string[] {
  const failing = rows.rows.find(({ step }) => step !== null && step === matters.failing);
  const failures = matters.failures.map((text) =>
    failing === undefined ? `At the end: ${text}.` : `${called(failing)} fails: ${text}.`,
  );
  const isOff = ({ standing }: StandingRow): boolean => standing.reason.kind === "off-cpu";
  const ordered = [
    ...rows.standing.filter((one) => !isOff(one)),
    ...rows.standing.filter((one) => isOff(one)),
  ];
  const waits = ordered.map((one) => waitOf(trace, one, rows));
  // An interrupted process comes after what interrupted it.
  const joined = waits.length === 0 ? [] : [`${listed(waits)}.`];
  return [...failures, ...joined];
}

const called = ({ cpu, number }: Row): string => `${cpuName(cpu)} #${String(number)}`;

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

function waitOf(trace: Replay, { number, standing }: StandingRow, { rows }: Rows): string {
  const { model } = trace;
  const row = rows.find((one) => one.number === number);
  const name = model.processes[standing.process]?.name ?? "?";
  const who = row === undefined ? name : called(row);
  const ofSteps = (steps: readonly number[]): string =>
    listed(
      steps.flatMap((step) => {
        const found = rows.find((one) => one.step === step);
        return found === undefined ? [] : [called(found)];
      }),
    );
  const doneBy = (steps: readonly Transition[]): string =>
    listed(
      steps.map((step) => {
        const by = model.processes[step.process]?.name ?? "?";
        const place = rows.findLast(({ process }) => process === by);
        const after =
          place === undefined ? "" : `, which does not get past #${String(place.number)}`;
        return `${step.label} of ${by}${after}`;
      }),
    );
  const { reason, label, spins } = standing;
  const waits = spins ? "spins for" : "waits for";
  switch (reason.kind) {
    case "held": {
      const own = reason.steps.every((step) => trace.steps[step]?.process === name);
      const held = `${who} ${waits} ${own ? "its own, " : ""}${ofSteps(reason.steps)}`;
      return reason.by.length === 0 ? held : `${held}, undone by ${doneBy(reason.by)}`;
    }
    case "off-cpu": {
      const last = rows.findLast(({ process }) => process === name);
      const it = last === undefined ? name : called(last);
      return `${it} does not go on before ${ofSteps(reason.steps)} returns`;
    }
    case "awaited":
      return `${who} ${waits} ${doneBy(reason.by)}`;
    case "missed":
      return `${who} ${waits} what ${ofSteps([reason.step])} did before`;
    case "nobody":
      return `${who} ${waits} what nobody does: ${label}`;
  }
}
