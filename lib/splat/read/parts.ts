/** A report cut into its parts, as the sections of the reader take its lines. */
import type { SplatReport } from "../report/index.js";
import type { Section } from "./draft/draft.js";
import type { Line } from "./input/line.js";
import { readBanner } from "./sections/banner.js";
import { readChainLink, readChainSummary } from "./sections/chain.js";
import { readOldOrder, readPathHeading } from "./sections/headings.js";
import { readHeld } from "./sections/held.js";
import { readHolding } from "./sections/holding.js";
import { readConnected, readNewDependency, readOther } from "./sections/irq-order.js";
import { readBacktrace, readCpuLine, readHardware, readWork } from "./sections/machine.js";
import { readNote } from "./sections/notes.js";
import { readRcu } from "./sections/rcu.js";
import { readScenario } from "./sections/scenario.js";
import { readTask } from "./sections/task.js";
import { readContext, readInconsistent, readIrqStamp, readRegistered } from "./sections/usage.js";
import { readUsageBlock } from "./sections/usage-blocks.js";

/** What a run of lines is in a report. */
export type PartRole =
  | "headline"
  | "banner"
  | "rcu"
  | "task"
  | "holding"
  | "old-order"
  | "chain"
  | "summary"
  | "scenario"
  | "held"
  | "inconsistent"
  | "registered"
  | "context"
  | "irq-stamp"
  | "new-dependency"
  | "connected"
  | "other"
  | "path"
  | "usage-block"
  | "note"
  | "machine"
  | "backtrace"
  /** Lines that no section takes: what stands before them goes on. */
  | "more";

/** Lines of one part. */
export interface ReportPart {
  readonly role: PartRole;
  readonly lines: readonly Line[];
}

/** A report and the lines that it was read from. */
export interface ReportInParts {
  readonly report: SplatReport;
  readonly parts: readonly ReportPart[];
}

/** The sections of a report; the first that takes a line has it. */
export const sections: readonly (readonly [PartRole, Section])[] = [
  ["banner", readBanner],
  ["rcu", readRcu],
  ["task", readTask],
  ["holding", readHolding],
  ["old-order", readOldOrder],
  ["chain", readChainLink],
  ["summary", readChainSummary],
  ["scenario", readScenario],
  ["held", readHeld],
  ["inconsistent", readInconsistent],
  ["registered", readRegistered],
  ["context", readContext],
  ["irq-stamp", readIrqStamp],
  ["new-dependency", readNewDependency],
  ["connected", readConnected],
  ["other", readOther],
  ["path", readPathHeading],
  ["usage-block", readUsageBlock],
  ["note", readNote],
  ["machine", readCpuLine],
  ["machine", readHardware],
  ["machine", readWork],
  ["backtrace", readBacktrace],
];
