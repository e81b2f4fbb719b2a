/** What to ask about several paths: the same locks, the same moment, one outer lock, only at start? */
import type { Evidence } from "../../evidence/evidence.js";
import { readersOnly } from "../../evidence/usage/reading.js";
import { innerWait } from "../../evidence/lock/narrowest.js";
import { addressOf } from "../../evidence/lock/address.js";
import { annotations } from "./annotations.js";
import type { SplatEdge } from "../../evidence/edges/edge.js";
import { foldStack, sureNames } from "../../stacks/fold-stack.js";
import { plainName } from "../../stacks/functions.js";
import { waitsIn } from "../suspects/find.js";
import type { HeldLocks } from "../../report/index.js";
import type { SplatQuestion } from "./question.js";
import { isNeverWaited } from "../words/wait-words.js";
import { code, listed } from "../words/words.js";

export function sameInstances({ report, wanted, holding }: Evidence): SplatQuestion {
  const addressed = [wanted, holding].filter((lock) => addressOf(lock) !== null);
  const known = addressed.map((lock) => `${code(lock?.name ?? "")} at ${lock?.addr ?? ""}`);
  return {
    ask: "Are they the same locks on every path, or only locks of the same class?",
    why:
      known.length === 0
        ? "lockdep reasons about classes; the report has no addresses to compare."
        : `lockdep reasons about classes. Here it was ${listed(known)}; the earlier paths may have used other locks of the classes.`,
    ifFalse:
      report.kind === "circular"
        ? [annotations.setClass, annotations.nested]
        : [annotations.setClass],
  };
}

export function canMeet({ edges }: Evidence): SplatQuestion {
  const contexts = edges.map(({ frames }) => foldStack(frames).context);
  const seen = [...new Set(contexts.filter((context) => context !== "task"))];
  return {
    ask: "Can the paths be at their points at the same moment, on the same CPU or on two?",
    why:
      seen.length > 1
        ? `They run in different contexts (${listed(seen)}), so something may keep them apart: interrupts off, one CPU, one worker, a state of the object.`
        : "Something that lockdep does not see may keep them apart: one CPU, interrupts off, a state of the object, a reference count.",
    ifFalse: [annotations.subclassPaths],
  };
}

export function outerLock(evidence: Evidence): SplatQuestion {
  const { report, parts, wanted, holding } = evidence;
  const held = report.held?.locks ?? [];
  // What stands for waiting keeps nobody out.
  const waits = waitsIn(evidence);
  const own = new Set((parts.chain ?? []).map(({ lock }) => lock.name));
  const outer = held
    // A reader of SRCU keeps nobody out.
    .filter(
      ({ name, wait }) => !(/srcu(?:_struct)?(?:#\d+)?$/i.test(name) && innerWait(wait) === 0),
    )
    .map(({ name }) => name)
    .filter((name) => readersOnly(report, held, name) === "no")
    .filter((name) => !waits.has(name) && !isNeverWaited(name))
    .filter(
      (name) =>
        !own.has(name) &&
        name !== wanted?.name &&
        name !== holding?.name &&
        !name.startsWith("rcu_"),
    );
  return {
    ask: "Do all paths hold one outer lock exclusively, so that only one of them can run?",
    why:
      outer.length === 0
        ? nothingElse(report.held)
        : `This task also holds ${listed([...new Set(outer)].map(code))}. If every path of the circle does, of the same one and not for reading, the circle cannot close; lockdep does not take that into account.`,
    ifFalse: [annotations.nestLock],
  };
}

/** What is known of further locks, where none of those that are shown keeps others out. */
function nothingElse(held: HeldLocks | null): string {
  if (held === null) return "The report has no list of the locks that this task holds.";
  const lost = held.count - held.locks.length;
  return lost > 0
    ? `This task holds ${String(held.count)} locks, and ${String(lost)} of them are not shown.`
    : "This task holds nothing else that would keep others out.";
}

const saidOnPurpose = /^dma_resv_lockdep$|_taints_mutex$/;
const probes = /^(?:probe\w*|\w+_probe)$/;

/** The function that initialises a module or what is built in is called by one other; more are named so. */
function isStartUp({ frames }: SplatEdge): boolean {
  const all = sureNames(frames).map(plainName);
  // What is said on purpose at boot is said for all that comes later.
  if (all.some((name) => saidOnPurpose.test(name))) return false;
  const init = all[all.indexOf("do_one_initcall") - 1];
  return foldStack(frames).functions.some((name) => probes.test(name) || plainName(name) === init);
}

/** Only functions that matter count: that the boot thread began in `rest_init` says nothing. */
export function onlyAtStart({ edges }: Evidence): readonly SplatQuestion[] {
  const early = edges.filter((edge) => edge.learnt === "earlier" && isStartUp(edge));
  const [first] = early;
  if (first === undefined) return [];
  return [
    {
      ask: "Was an edge learnt while something was only being set up or taken down?",
      why: `${code(first.from)} -> ${code(first.to)} was first seen below an init or probe function, when perhaps nobody else knew the object. lockdep keeps only the first place: later code may do the same.`,
      ifFalse: [annotations.setClass],
    },
  ];
}
