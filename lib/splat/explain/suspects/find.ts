/** Finds the usual suspects among the classes of a report. */
import { entersOn } from "../words/wait-words.js";
import type { SplatEdge } from "../../evidence/edges/edge.js";
import type { Evidence } from "../../evidence/evidence.js";
import { printedUnder } from "../../evidence/printed.js";
import { narrowestHeld } from "../../evidence/lock/narrowest.js";
import type { HeldMention, SplatReport } from "../../report/index.js";
import { foldStack, isEntry, sureNames } from "../../stacks/fold-stack.js";
import { plainName, works } from "../../stacks/functions.js";
import { isHelper, isWarned, ownerOf } from "../../stacks/owner.js";
import { code } from "../words/words.js";
import { memorySuspects } from "./memory.js";
import type { Suspect } from "./suspect.js";
import { systemSuspects } from "./system.js";
import { waitingSuspects } from "./waiting.js";

const table: readonly Suspect[] = [...memorySuspects, ...waitingSuspects, ...systemSuspects];

/** A suspect in a report. */
export interface FoundSuspect {
  /** The name of the class as the report has it. */
  readonly name: string;
  readonly suspect: Suspect;
  /** The usual mend, with the report's own locks and functions. */
  readonly mend: string;
  readonly notWhen: string;
}

/** Returns the suspects that a report names, those that stand for waiting first. */
export function suspectsIn(evidence: Evidence): readonly FoundSuspect[] {
  const names = new Set([
    ...evidence.edges.flatMap(({ from, to }) => [from, to]),
    ...evidence.mentions.map(({ name }) => name),
  ]);
  const called = calledIn(evidence);
  const found = [...names].flatMap((name) => {
    const suspect = suspectOf(name, called);
    return suspect === undefined ? [] : [told(name, asTaken(name, suspect, evidence), evidence)];
  });
  const unique = found.filter(
    ({ suspect }, at) => found.findIndex((other) => other.suspect.is === suspect.is) === at,
  );
  const alone = unique.filter(({ suspect }) => suspect.alone === true);
  const kept = alone.length > 0 && entered(alone[0], evidence.edges) ? alone : unique;
  // Where printing took them, the print is the bug.
  if (alone.length === 0 && printedUnder(evidence) !== null) return kept.map(withoutMend);
  return kept.sort((a, b) => Number(isWait(b)) - Number(isWait(a)));
}

/** Returns a lock that is taken in another way than the one that is usual: what it is, and no more. */
function asTaken(name: string, suspect: Suspect, { edges }: Evidence): Suspect {
  const { takenBy = /(?:)/, notTakenBy } = suspect;
  const into = edges.find(({ to, from }) => to === name && from !== name);
  if (into === undefined || into.frames.length === 0) return suspect;
  // Who enters it waits for nobody, so that there is nothing to do about a wait.
  const isOfWaiting = suspect.stands === "wait" && suspect.mend.includes("{outerIn}");
  if (isOfWaiting && entersOn(into)) return { ...suspect, ...nothingToMend };
  const taken = isOn(into, takenBy) && !(notTakenBy !== undefined && isOn(into, notTakenBy));
  return taken ? suspect : { ...suspect, ...nothingToMend };
}

const isOn = ({ frames }: SplatEdge, functions: RegExp): boolean =>
  sureNames(frames).some((name) => functions.test(plainName(name)));

/** Whether a stack was shown to where its code is entered. */
const isWhole = ({ frames }: SplatEdge): boolean => sureNames(frames).some(isEntry);

const nothingToMend = { why: "", mend: "", notWhen: "", beside: [] } as const;

const withoutMend = (found: FoundSuspect): FoundSuspect => ({
  name: found.name,
  suspect: { ...found.suspect, ...nothingToMend },
  mend: "",
  notWhen: "",
});

const entered = (one: FoundSuspect | undefined, edges: readonly SplatEdge[]): boolean =>
  edges.some(({ to }) => to === one?.name);

/** Returns the mends that say something of a report of this kind. */
export function mendsFor(
  report: SplatReport,
  suspects: readonly FoundSuspect[],
): readonly string[] {
  return suspects
    .filter((each) => isMended(report, each))
    .map(({ mend }) => mend)
    .filter((mend) => mend !== "");
}

/** Whether the usual mend of a suspect is one of a report of this kind. */
export function isMended(
  { kind }: SplatReport,
  { suspect: { mends = "circles" } }: FoundSuspect,
): boolean {
  switch (mends) {
    case "all":
      return true;
    case "circles":
      return kind === "circular";
    case "nesting":
      return kind === "recursive";
    case "interrupts":
      return kind === "inconsistent" || kind === "irq-inversion" || kind === "irq-safe-unsafe";
  }
}

/** Whether nobody takes a lock by that name. */
export const isWait = ({ suspect }: FoundSuspect): boolean => suspect.stands === "wait";

function told(name: string, suspect: Suspect, evidence: Evidence): FoundSuspect {
  // Beyond a gap nothing is known to be taken under the one or the other.
  const edges = evidence.edges.filter(({ gap }) => gap === null);
  const into = outside(
    edges.find(({ to, from }) => to === name && from !== name),
    suspect,
    edges,
  );
  const first = edges.find(({ from, to }) => from === name && to !== name);
  const out = throughItem(first, suspect, edges);
  const beside = suspect.beside?.find(
    ({ outer = /(?:)/, inner = /(?:)/, by, notBy, within: inside, notWithin }) =>
      outer.test(into?.from ?? "") &&
      inner.test(out?.to ?? "") &&
      (by === undefined || (into !== undefined && isOn(into, by))) &&
      (notBy === undefined || (into !== undefined && isWhole(into) && !isOn(into, notBy))) &&
      (inside === undefined || (out !== undefined && isOn(out, inside))) &&
      (notWithin === undefined || (out !== undefined && isWhole(out) && !isOn(out, notWithin))),
  );
  const other = otherIn(evidence);
  const template = beside?.mend ?? suspect.mend;
  // Where the report has no edge to the one or the other lock, there is nothing to say of it.
  const saysIt = (words: string): boolean =>
    evidence.report.kind === "wait-context" ||
    ((into !== undefined || !/\{[a-z ]*outer\}/.test(words)) &&
      (out !== undefined || !/\{[A-Za-z ]*inner\}/.test(words)));
  const [outer, inner] = [into?.from, out?.to].map((each) =>
    each === undefined ? other : code(each),
  );
  const within = into !== undefined && isWaitName(into.from);
  const waits = out !== undefined && isWaitName(out.to);
  const item = out === undefined || out === first ? "" : `, ${code(first?.to ?? "")},`;
  const fill = (template: string): string =>
    template
      .replace(
        /\{with outer\}/g,
        within ? `from within ${outer ?? other}` : `with ${outer ?? other} held`,
      )
      .replace(/\{under outer\}/g, `${within ? "within" : "under"} ${outer ?? other}`)
      .replace(
        /\{takes inner\}/g,
        `${item}${item === "" ? "" : " "}${waits ? "waits for" : "takes"} ${inner ?? other}`,
      )
      .replace(/ ,/g, ",")
      .replace(
        /\{apart\}/g,
        within ? "from outside of it" : "before the lock is taken or after it is dropped",
      )
      .replace(
        /\{giveUp\}/g,
        waits
          ? "leave that to a work item"
          : "try the lock there, and give up where it is not free",
      )
      .replace(/\{take inner\}/g, `${waits ? "wait for" : "take"} ${inner ?? other}`)
      .replace(/\{Take inner\}/g, `${waits ? "Wait for" : "Take"} ${inner ?? other}`)
      .replace(
        /\{Find why it printed\}/g,
        isWarned(into?.frames ?? []) ? "A WARN or BUG fired" : "Find why it printed",
      )
      .replace(/\{name\}/g, code(name))
      .replace(/\{outer\}/g, outer ?? other)
      .replace(/\{outerIn\}/g, placed(into, takersIn(evidence)))
      .replace(/\{inner\}/g, inner ?? other)
      .replace(/\{innerIn\}/g, placed(out, takersIn(evidence)) + calledFrom(out, suspect.runs));
  const notWhen = beside === undefined && saysIt(suspect.notWhen) ? fill(suspect.notWhen) : "";
  return saysIt(template)
    ? { name, suspect, mend: fill(template), notWhen }
    : withoutMend({ name, suspect, mend: "", notWhen: "" });
}

/** Returns what is held where the report has no edge to tell. */
function otherIn({ report, wanted }: Evidence): string {
  if (report.kind !== "wait-context") return "the other lock";
  const narrow = narrowestHeld(report, wanted);
  return narrow === null ? "this context" : code(narrow.name);
}

/** Beyond what a helper holds itself, as a wait queue while it wakes: what is held by its caller. */
function outside(
  edge: SplatEdge | undefined,
  { heldBy }: Suspect,
  edges: readonly SplatEdge[],
): SplatEdge | undefined {
  if (edge === undefined || heldBy === undefined || !isOn(edge, heldBy)) return edge;
  return edges.find(({ to, from }) => to === edge.from && from !== edge.from) ?? edge;
}

/** Beyond the item that a queue runs: what the item itself takes. */
function throughItem(
  edge: SplatEdge | undefined,
  { item }: Suspect,
  edges: readonly SplatEdge[],
): SplatEdge | undefined {
  if (edge === undefined || item?.test(edge.to) !== true) return edge;
  return edges.find(({ from }) => from === edge.to) ?? edge;
}

/** Whether a class stands for waiting, or for a state, by its name alone. */
export const isWaitName = (name: string): boolean =>
  table.some(
    ({ classes, calls, stands }) => stands === "wait" && calls === undefined && classes.test(name),
  );

/**
 * Returns the classes of a report that stand for waiting, or for a state, and that nobody takes:
 * those that a task is within, among what it is said to hold.
 */
export function waitsIn(evidence: Evidence): ReadonlySet<string> {
  const names = [
    ...evidence.edges.flatMap(({ from, to }) => [from, to]),
    ...evidence.mentions.map(({ name }) => name),
    ...(evidence.report.held?.locks ?? []).map(({ name }) => name),
    ...(evidence.parts.releasing?.name == null ? [] : [evidence.parts.releasing.name]),
  ];
  const called = calledIn(evidence);
  const items = (evidence.report.held?.locks ?? []).filter(isRunByWorker).map(({ name }) => name);
  return new Set([...names.filter((name) => suspectOf(name, called)?.stands === "wait"), ...items]);
}

/** Whether it was entered by a worker, to run an item: also where the name is that of a variable. */
export const isRunByWorker = ({ at, inlinedIn }: HeldMention): boolean =>
  [at, ...inlinedIn].some((site) => works.test(plainName(site?.symbol ?? "")));

/** Every function on a stack that the report shows for its rule. */
function calledIn({ report, edges, ends, wanted }: Evidence): readonly string[] {
  const stacks = [
    report.backtrace,
    ...edges.map(({ frames }) => frames),
    ...(ends === null ? [] : [ends.safe.frames, ends.unsafe.frames]),
  ];
  const at = wanted?.at?.symbol ?? null;
  return [...new Set([...(at === null ? [] : [at]), ...stacks.flatMap(sureNames)])];
}

const suspectOf = (name: string, called: readonly string[]): Suspect | undefined =>
  table.find(
    ({ classes, calls }) =>
      classes.test(name) && (calls === undefined || called.some((each) => calls.test(each))),
  );

/** ``, called from `f` ``: the function that runs within, as a shrinker within reclaim. */
function calledFrom(edge: SplatEdge | undefined, runs: RegExp | undefined): string {
  if (edge === undefined || runs === undefined) return "";
  const names = sureNames(edge.frames).map(plainName);
  const caller = names.findIndex((name) => runs.test(name));
  const called = caller < 1 ? undefined : names[caller - 1];
  const name = called === undefined || isHelper(called) ? undefined : called;
  const owner = ownerOf(edge.frames)?.name;
  return name === undefined || name === owner ? "" : `, called from ${code(name)}`;
}

/** Who took the locks that the task holds, and those of which a stack tells: `class function` of each. */
function takersIn({ report, holding, edges }: Evidence): ReadonlySet<string> {
  const locks = [...(report.held?.locks ?? []), ...(holding === null ? [] : [holding])];
  const learnt = edges.flatMap(({ to, gap, frames }) => {
    const [first] = foldStack(frames).functions;
    return gap !== null || first === undefined ? [] : [`${to} ${plainName(first)}`];
  });
  return new Set([
    ...learnt,
    ...locks.flatMap(({ name, at, inlinedIn }) => {
      const symbol = inlinedIn.at(-1)?.symbol ?? at?.symbol ?? null;
      return symbol === null ? [] : [`${name} ${plainName(symbol)}`];
    }),
  ]);
}

/**
 * `` in `f` `` of the developer's own function that taught an edge, or nothing. Where a helper took
 * the outer lock itself, its caller does not hold it: then the helper is named.
 */
function placed(edge: SplatEdge | undefined, takers: ReadonlySet<string>): string {
  if (edge === undefined) return "";
  const owner = ownerOf(edge.frames);
  const names = sureNames(edge.frames).map(plainName);
  const within = owner === null ? names : names.slice(0, names.indexOf(plainName(owner.name)));
  const taker = within.findLast((name) => takers.has(`${edge.from} ${name}`));
  const name = taker ?? owner?.name;
  return name === undefined ? "" : ` in ${code(name)}`;
}
