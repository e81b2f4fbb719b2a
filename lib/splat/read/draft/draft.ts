/** A report while it is being read: sections fill it, and the first one to say a thing wins. */
import type {
  Aside,
  ChainLink,
  EveryPart,
  SplatKind,
  StackFrame,
  UsageBlock,
} from "../../report/index.js";
import type { Line } from "../input/line.js";
import { conditionIn, functionIn, placeIn } from "../wording/warning-line.js";
import type { Segment } from "../segment/segment.js";
import type { Unwrapped } from "../segment/unwrap.js";

interface Growing {
  readonly chain: ChainLink[];
  readonly usageBlocks: UsageBlock[];
  readonly backtrace: StackFrame[];
  readonly asides: Aside[];
}

/** A report that is being filled: it may turn out to be of any kind, so it has every part. */
export type Draft = {
  -readonly [K in Exclude<keyof EveryPart, keyof Growing>]: EveryPart[K];
} & Growing & { kind: SplatKind };

/**
 * Reads one part of a report: looks at the line `at`, fills the draft if the line begins the
 * part, and gives the number of lines it took; 0 means that the line is of another part.
 */
export type Section = (lines: readonly Line[], at: number, draft: Draft) => number;

/**
 * Returns what is known of a report before its lines are read.
 *
 * @param whole its lines with what was wrapped put together
 */
export function emptyDraft(segment: Segment, { lines: whole, joined }: Unwrapped): Draft {
  const { headline, lines } = segment;
  return {
    kind: headline.kind,
    headline: headline.text,
    hasBanner: segment.banner,
    firstLine: lines[0]?.number ?? 0,
    lastLine: lines[lines.length - 1]?.number ?? 0,
    kernel: null,
    task: null,
    irqState: null,
    acquiring: null,
    holding: null,
    releasing: null,
    heldInFreed: null,
    freedRange: null,
    notHolding: false,
    nestLock: null,
    chain: [],
    chainSummary: [],
    deadlockBanner: false,
    scenario: null,
    missingNestingNote: false,
    held: null,
    usageFrom: null,
    usageTo: null,
    registered: null,
    irqEventStamp: null,
    irqClass: /\b(\w+)-safe -> /.exec(headline.text)?.[1] ?? null,
    newDependency: null,
    connectsSafe: null,
    connectsUnsafe: null,
    other: null,
    usageBlocks: [],
    context: null,
    rcu: null,
    lastFunction: null,
    counts: null,
    warnAt: placeIn(headline.text),
    // A mailer may have put the function on a line of its own.
    warnIn: functionIn(whole[0]?.text ?? headline.text),
    condition: conditionIn(headline.text),
    lead: segment.lead,
    asides: [],
    cpuLine: null,
    hardware: null,
    work: null,
    hasStackBacktrace: false,
    backtrace: [],
    strangers: segment.strangers,
    escaped: lines.some((line) => line.escaped),
    joined,
    unrecovered: [],
    interrupted: false,
  };
}
