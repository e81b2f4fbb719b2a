/** The lab's locks for the locks of a report, by their printed names. */
import { instanceId, type LockMap, type WaitType } from "../../primitives/lock.js";
import { type KernelName, waitTypeOfNumber } from "../../lockdep/index.js";
import type { LockMention, SplatReport } from "../report/index.js";
import { allMentions } from "../evidence/lock/mentions.js";
import { kernelOf } from "./kernel.js";
import type { Fidelity } from "./program.js";

/** A printed class: the lock and the subclass behind its name. */
export interface ClassRef {
  readonly map: LockMap;
  /** 0 to 7. */
  readonly subclass: number;
  /** The usage characters as printed. */
  readonly usage: string;
}

/** The printed classes of a report, each with one instance. */
export class LockTable {
  private readonly kernel: KernelName;
  private readonly mentions: ReadonlyMap<string, LockMention>;
  private readonly used = new Map<string, LockMap>();

  constructor(
    report: SplatReport,
    private readonly fidelity: Fidelity,
  ) {
    // The last to be printed has the most of what was known; `#0` of a chain the least.
    this.kernel = kernelOf(report);
    this.mentions = new Map(allMentions(report).map((lock) => [lock.name, lock]));
  }

  /** The class of a printed name; `instance` tells several locks of one class apart. */
  class(name: string, instance = 0): ClassRef {
    const mention = this.mentions.get(name);
    const { base, subclass } = splitName(name);
    const id = instanceId(idOf(base), instance === 0 ? [] : [instance]);
    const known = this.used.get(id);
    const map = known ?? { id, name: base, key: base, ...this.waits(mention) };
    this.used.set(id, map);
    return { map, subclass, usage: mention?.usage ?? "...." };
  }

  /** Every lock that was asked for. */
  get locks(): readonly LockMap[] {
    return [...this.used.values()];
  }

  private waits(mention: LockMention | undefined): Pick<LockMap, "waitInner" | "waitOuter"> {
    const match = /^(\d+):(\d+)$/.exec(mention?.wait ?? "");
    if (match === null || !this.fidelity.waits) return { waitInner: 0 };
    return { waitInner: this.waitType(match[2]), waitOuter: this.waitType(match[1]) };
  }

  private waitType(printed: string | undefined): WaitType {
    return waitTypeOfNumber(this.kernel, Number(printed)) ?? 0;
  }
}

/** A name for the instance that can stand where the kernel prints an address. */
const idOf = (base: string): string => base.replace(/[()\s,]+/g, "_").replace(/^_|_$/g, "");

/** `name/N` is subclass N of `name`; a number past 7 belongs to the name. */
function splitName(name: string): { readonly base: string; readonly subclass: number } {
  const match = /^(.+)\/([1-7])$/.exec(name);
  const base = match?.[1];
  return base === undefined ? { base: name, subclass: 0 } : { base, subclass: Number(match?.[2]) };
}
