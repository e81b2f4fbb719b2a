/** The machine and the stack at the end: CPU line, hardware, backtrace. */
import type { CpuLine, SplatKind } from "../../report/index.js";
import type { Draft, Section } from "../draft/draft.js";
import type { Line } from "../input/line.js";
import { warnings } from "../segment/foreign.js";
import { squeeze } from "./banner.js";
import { readFrame } from "../draft/site.js";
import { readStack } from "../draft/stack.js";

const modern =
  /^CPU: (?<cpu>\d+)(?: UID: (?<uid>\d+))? PID: (?<pid>\d+) Comm: (?<comm>.*?)(?: Kdump: \S+)?(?:\s+(?<taint>Not tainted|Tainted: .*?))?\s+(?<kernel>\d+\.\d+\S*)(?: (?<build>#\S+))?(?: (?<trailer>.*))?$/;
const ancient =
  /^Pid: (?<pid>\d+), comm: (?<comm>.*?)(?:\s+(?<taint>Not tainted|Tainted: .*?))?\s+(?<kernel>\d+\.\d+\S*)(?: (?<build>#\S+))?(?<trailer>\s.*)?$/;
const named =
  /^CPU: (?<cpu>\d+)(?: UID: (?<uid>\d+))? PID: (?<pid>\d+) Comm: (?<comm>.*?)(?: Kdump: \S+)?\s+(?<taint>Not tainted|Tainted: .*?)\s+(?<kernel>[a-z][\w.+~-]*) (?<build>#\d+)(?: (?<trailer>.*))?$/;
const torn =
  /^CPU: (?<cpu>\d+)(?: UID: (?<uid>\d+))? PID: (?<pid>\d+) Comm: (?<comm>.*?)(?: Kdump: \S+)?(?:\s+(?<taint>Not tainted|Tainted:).*)?$/;

/** The first CPU line; later ones are of other reports. */
export const readCpuLine: Section = (lines, at, draft) => {
  const text = lines[at]?.text.trim() ?? "";
  const groups = (modern.exec(text) ?? ancient.exec(text) ?? named.exec(text) ?? torn.exec(text))
    ?.groups;
  const comm = groups?.["comm"];
  if (groups === undefined || comm === undefined) return 0;
  const { taint, trailer } = groups;
  const cpuLine: CpuLine = {
    cpu: groups["cpu"] ?? null,
    uid: groups["uid"] ?? null,
    pid: Number(groups["pid"]),
    comm: comm.trim(),
    kernel: groups["kernel"] ?? null,
    build: groups["build"] ?? null,
    taint: taint === undefined ? null : squeeze(taint),
    trailer: trailer === undefined || trailer.trim() === "" ? null : trailer.trim(),
  };
  // Behind the headline of another report it is that one's, unless the task is the same.
  const after = draft.interrupted && !draft.hasStackBacktrace;
  const own = draft.task?.pid ?? draft.held?.pid ?? null;
  if (after && own !== cpuLine.pid) return 1;
  // The line after `stack backtrace:` is the report's own, whatever came in between.
  if (draft.hasStackBacktrace && draft.interrupted && draft.backtrace.length === 0) {
    draft.cpuLine = cpuLine;
    draft.interrupted = false;
  }
  draft.cpuLine ??= cpuLine;
  return 1;
};

/** `Hardware name: ...`. */
export const readHardware: Section = (lines, at, draft) => {
  const name = /^Hardware name: (.*)$/.exec(lines[at]?.text.trim() ?? "")?.[1];
  if (name === undefined) return 0;
  draft.hardware ??= name.trim();
  return 1;
};

/** `Workqueue: events_unbound foo_work [foo]`. */
export const readWork: Section = (lines, at, draft) => {
  const match = /^Workqueue: (\S+)(?: .*?)?? ([\w.]+)(?: \[[\w -]+\])?$/.exec(
    lines[at]?.text.trim() ?? "",
  );
  if (match === null) return 0;
  draft.work ??= { queue: match[1] ?? "", item: match[2] ?? "" };
  return 1;
};

/** Kinds that show one stack only, so that frames without a heading are of that. */
const ofOneStack: readonly SplatKind[] = [
  ...warnings,
  "recursive",
  "wait-context",
  "bad-unlock",
  "held-freed",
  "rcu-usage",
  "non-static-key",
];

/** Of these the poster may have left the last frames alone, behind dots. */
function isQuoted(lines: readonly Line[], at: number, { kind, backtrace }: Draft): boolean {
  const before = lines.slice(Math.max(0, at - 2), at).map(({ text }) => text.trim());
  const last = before.filter((text) => text !== "").at(-1) ?? "";
  return (
    ofOneStack.includes(kind) &&
    backtrace.length === 0 &&
    /^(?:\[?(?:\.{2,}|…)\]?|<(?:TASK|IRQ|NMI|SOFTIRQ)>)$/.test(last)
  );
}

/** Behind the scenario and the list of what is held nothing but the backtrace has frames. */
const isLast = ({ kind, scenario, held, chain }: Draft): boolean =>
  kind === "circular"
    ? (scenario !== null || held !== null) && chain.at(-1)?.index === 0
    : held !== null &&
      !warnings.includes(kind) &&
      (kind === "inconsistent" || ofOneStack.includes(kind));

/** Functions alone, one a line, which who shortens a report may leave without their heading. */
const areNames = (lines: readonly Line[], at: number): boolean =>
  [0, 1, 2].every((below) => /^[a-z_]\w*(?:\.\w+)*$/.test(lines[at + below]?.text.trim() ?? ""));

/** `stack backtrace:` and, from the call trace on, its frames. */
export const readBacktrace: Section = (lines, at, draft) => {
  const line = lines[at];
  const text = line?.text.trim() ?? "";
  if (text === "stack backtrace:") {
    draft.hasStackBacktrace = true;
    // Some kinds print it twice.
    draft.backtrace.length = 0;
    return 1;
  }
  const begun =
    draft.cpuLine !== null ||
    draft.hasStackBacktrace ||
    isQuoted(lines, at, draft) ||
    isLast(draft);
  // Commit messages leave out all but the stack, and its heading.
  if (/^Call [Tt]race:?\.?$/.test(text) && !draft.interrupted) {
    const { frames, next } = readStack(lines, at + 1, draft);
    for (const frame of frames) draft.backtrace.push(frame);
    return Math.max(next - at, 1);
  }
  const bare = draft.hasStackBacktrace && draft.backtrace.length === 0 && areNames(lines, at);
  if (!begun || draft.interrupted || line === undefined || readFrame(line, bare) === null) return 0;
  const { frames, next } = readStack(lines, at, draft);
  for (const frame of frames) draft.backtrace.push(frame);
  return Math.max(next - at, 1);
};
