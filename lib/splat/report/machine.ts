/** The kernel, the CPU and the task that a report names. */

/** The kernel that printed the report. */
export interface KernelVersion {
  readonly version: string;
  readonly build: string | null;
  readonly taint: string | null;
  readonly from: "banner" | "CPU line";
}

/** Who was running, and the word by which the report says what it did. */
export interface SplatTask {
  readonly comm: string;
  readonly pid: number;
  readonly action: string;
}

/** `CPU: 1 PID: 2 Comm: x ...`. */
export interface CpuLine {
  readonly cpu: string | null;
  readonly uid: string | null;
  readonly pid: number;
  readonly comm: string;
  readonly kernel: string | null;
  readonly build: string | null;
  readonly taint: string | null;
  readonly trailer: string | null;
}

/** Something that stood in the text of a report and is no part of it. */
export interface Aside {
  readonly line: number;
  readonly what: string;
}

/** Something that a report of its kind should say and this one does not. */
export interface Unrecovered {
  /** The line at which it was missed. */
  readonly line: number;
  readonly what: string;
}

/** `Workqueue: queue function`: the item that a worker ran. */
export interface WorkItem {
  readonly queue: string;
  readonly item: string;
}
