/** What only the whole report tells: who ran, on what kernel, and the kind where no banner says. */
import type { Draft } from "../draft/draft.js";
import { locksFromRows, settleFragment } from "./fragment.js";
import { conditionIn, functionIn, placeIn } from "../wording/warning-line.js";

/** Fills in what no single section could know. */
export function settle(draft: Draft): void {
  settleKernel(draft);
  settleTask(draft);
  settleWarning(draft);
  settleDependency(draft);
  if (!draft.hasBanner) settleFragment(draft);
  else if (draft.kind === "circular" || draft.kind === "recursive") locksFromRows(draft);
}

/**
 * Where the line "and this task is already holding" is lost, what follows it looks wanted: the new
 * dependency, which names both, tells.
 */
function settleDependency(draft: Draft): void {
  const { newDependency, acquiring, holding } = draft;
  if (newDependency === null || acquiring === null || holding !== null) return;
  const { from, to } = newDependency;
  if (acquiring.name !== from.name || acquiring.name === to.name) return;
  draft.holding = acquiring;
  draft.acquiring = to;
}

function settleWarning(draft: Draft): void {
  for (const text of draft.lead) {
    draft.warnAt ??= placeIn(text);
    draft.warnIn ??= functionIn(text);
    draft.condition ??= conditionIn(text);
  }
}

function settleKernel(draft: Draft): void {
  const { cpuLine } = draft;
  if (draft.kernel !== null || cpuLine?.kernel == null) return;
  const { kernel: version, build, taint } = cpuLine;
  draft.kernel = { version, build, taint, from: "CPU line" };
}

/** `WARNING: comm/pid still has locks held!` */
const still = /: (?<comm>\S.*)\/(?<pid>\d+) still has locks held!/;
/** `BUG: workqueue leaked lock or atomic: comm/0xpreempt_count/pid`, since 6.10 `comm[pid]`. */
const leaked =
  /workqueue leaked (?:lock or atomic|atomic, lock or RCU): (?<comm>\S.*?)(?:\/0x[0-9a-f]+\/|\[)(?<pid>\d+)/;

function settleTask(draft: Draft): void {
  const { cpuLine, held, headline } = draft;
  const named =
    draft.kind === "still-held" ? still : draft.kind === "wq-leaked-lock" ? leaked : null;
  const groups = named?.exec(headline)?.groups;
  const comm = groups?.["comm"];
  if (comm !== undefined) {
    const action = draft.kind === "still-held" ? "still" : "leaked";
    draft.task = { comm, pid: Number(groups?.["pid"]), action };
  }
  if (draft.task !== null) return;
  if (held !== null) draft.task = { comm: held.comm, pid: held.pid, action: "held_by" };
  else if (cpuLine !== null) {
    draft.task = { comm: cpuLine.comm, pid: cpuLine.pid, action: "cpu_line" };
  }
}
