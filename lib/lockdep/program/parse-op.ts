/** Reads the operations of a program. */
import type { ReadMode } from "../../primitives/event.js";
import type { HeldBy, PlainOp, ProgramClass, LockProgramOp } from "./format.js";
import { fail, shown } from "./malformed.js";
import { classOf } from "./parse-lock.js";

/** Operations without operands of the first format. */
const PLAIN: Readonly<Record<string, PlainOp>> = {
  d: "irqs-off",
  e: "irqs-on",
  b: "bh-off",
  B: "bh-on",
  h: "hardirq-enter",
  H: "hardirq-exit",
  s: "softirq-enter",
  S: "softirq-exit",
  ";": "episode",
};

/** Those that the extended format adds. */
const MORE_PLAIN: Readonly<Record<string, LockProgramOp>> = {
  off: { kind: "lockdep-off" },
  on: { kind: "lockdep-on" },
  exit: { kind: "exit" },
  sysexit: { kind: "sys-exit" },
  thr: { kind: "threaded" },
  nmi: { kind: "nmi-enter" },
  NMI: { kind: "nmi-exit" },
  asnone: { kind: "assert", what: "none-held" },
  asioff: { kind: "assert", what: "irqs-disabled" },
  asion: { kind: "assert", what: "irqs-enabled" },
  asinirq: { kind: "assert", what: "in-irq" },
  asinsoft: { kind: "assert", what: "in-softirq" },
  asnohard: { kind: "assert", what: "no-hardirq" },
};

/** How the short forms `aK.S`, `qK.S`, ... take a lock. */
const SHORT: Readonly<Record<string, readonly [read: ReadMode, trylock: boolean]>> = {
  a: [0, false],
  q: [1, false],
  p: [2, false],
  t: [0, true],
  v: [2, true],
  n: [0, false],
};

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** The operands of one operation, read one after the other. */
class Operands {
  private next = 0;

  constructor(
    private readonly op: string,
    private readonly at: number,
    private readonly locks: number,
    private readonly texts: readonly (string | undefined)[],
  ) {}

  private take(): string | undefined {
    return this.texts[this.next++];
  }

  /** The end of an error. */
  wrong(why: string): never {
    return fail(`ops[${this.at}] ${shown(this.op)} ${why}`);
  }

  number(what: string, max = 999_999_999): number {
    const text = this.take();
    const value = Number(text);
    if (text === undefined || !/^\d{1,9}$/.test(text) || value > max) {
      this.wrong(`has ${shown(text)} for ${what}, not a number from 0 to ${max}`);
    }
    return value;
  }

  lock(): number {
    const index = this.number("a lock");
    if (index >= this.locks) {
      this.wrong(`names lock ${index}, but there are only ${this.locks} (from 0 on)`);
    }
    return index;
  }

  /** A lock, or null for -1. */
  nest(): number | null {
    if (this.texts[this.next] !== "-1") return this.lock();
    this.next++;
    return null;
  }

  read(): ReadMode {
    const read = this.number("how it reads", 2);
    return read === 0 ? 0 : read === 1 ? 1 : 2;
  }

  flag(what: string): boolean {
    return this.number(what, 1) === 1;
  }

  heldBy(): HeldBy {
    if (this.texts[this.next] === "-1") {
      this.next++;
      return "any";
    }
    return this.flag("who holds it") ? "reader" : "writer";
  }

  class(): ProgramClass {
    const text = this.take();
    const found = classOf(text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text);
    return found ?? this.wrong(`has ${shown(text)} for a class, not a number or DN`);
  }

  get more(): boolean {
    return this.next < this.texts.length;
  }
}

/** The operations `name:operand:...` of the extended format. */
const LONG: Readonly<Record<string, (from: Operands) => LockProgramOp>> = {
  acq: (from) => ({
    kind: "acquire",
    lock: from.lock(),
    subclass: from.number("a subclass"),
    trylock: from.flag("a trylock"),
    read: from.read(),
    check: from.flag("a check"),
    nest: from.nest(),
  }),
  rep: (from) => ({
    kind: "acquire",
    times: from.number("how often, in 64") * 64 + from.number("how often"),
    lock: from.lock(),
    nest: from.nest(),
    subclass: 0,
    trylock: false,
    read: 0,
  }),
  sync: (from) => ({
    kind: "sync",
    lock: from.lock(),
    subclass: from.number("a subclass"),
    read: from.read(),
    check: from.flag("a check"),
  }),
  down: (from) => ({ kind: "downgrade", lock: from.lock() }),
  setsub: (from) => ({
    kind: "set-subclass",
    lock: from.lock(),
    subclass: from.number("a subclass"),
  }),
  setcls: (from) => ({
    kind: "set-class",
    lock: from.lock(),
    class: from.class(),
    subclass: from.number("a subclass"),
  }),
  initcls: (from) => ({
    kind: "init",
    lock: from.lock(),
    class: from.class(),
    subclass: from.number("a subclass"),
  }),
  initsub: (from) => ({
    kind: "init",
    lock: from.lock(),
    class: null,
    subclass: from.number("a subclass"),
  }),
  init: (from) => ({
    kind: "init",
    lock: from.lock(),
    class: null,
    subclass: from.more ? from.number("a subclass") : 0,
  }),
  noval: (from) => ({ kind: "novalidate", lock: from.lock() }),
  notrk: (from) => ({ kind: "notrack", lock: from.lock() }),
  pin: (from) => ({ kind: "pin", lock: from.lock() }),
  unpin: (from) => ({ kind: "unpin", lock: from.lock() }),
  unpinx: (from) => ({ kind: "unpin-wrongly", lock: from.lock() }),
  repin: (from) => ({ kind: "repin", lock: from.lock() }),
  held: (from) => ({ kind: "is-held", lock: from.lock(), by: from.heldBy() }),
  rkey: (from) => ({ kind: "register-key", key: from.number("a key") }),
  ukey: (from) => ({ kind: "unregister-key", key: from.number("a key") }),
  freed: (from) => ({ kind: "freed", lock: from.lock(), count: 1 }),
  freedn: (from) => ({ kind: "freed", lock: from.lock(), count: from.number("how many") }),
  cfg: (from) => ({ kind: "irq-config", value: from.number("an irq_config") }),
  reset: (from) => ({ kind: "reset", lock: from.lock() }),
  cmp: (from) => ({ kind: "compare", lock: from.lock(), print: false }),
  cmpp: (from) => ({ kind: "compare", lock: from.lock(), print: true }),
  ashld: (from) => ({ kind: "assert-held", lock: from.lock(), by: "any" }),
  ashldw: (from) => ({ kind: "assert-held", lock: from.lock(), by: "writer" }),
  ashldr: (from) => ({ kind: "assert-held", lock: from.lock(), by: "reader" }),
  asnot: (from) => ({ kind: "assert-not-held", lock: from.lock() }),
  T: (from) => ({ kind: "run-on", task: from.number("a task", 3) }),
};

function parseShort(op: string, at: number, locks: number): LockProgramOp | undefined {
  const released = /^u(\d{1,9})$/.exec(op)?.[1];
  if (released !== undefined) {
    return { kind: "release", lock: new Operands(op, at, locks, [released]).lock() };
  }
  const taken = /^([aqptvn])(\d{1,9})\.(\d{1,9})(?:\^(\d{1,9}))?$/.exec(op);
  const how = own(SHORT, taken?.[1] ?? "");
  const nests = taken?.[4] !== undefined;
  if (taken === null || how === undefined || (taken[1] === "n") !== nests) return undefined;
  const from = new Operands(op, at, locks, taken.slice(2));
  return {
    kind: "acquire",
    lock: from.lock(),
    subclass: from.number("a subclass"),
    read: how[0],
    trylock: how[1],
    nest: nests ? from.lock() : null,
  };
}

function parseLong(op: string, at: number, locks: number): LockProgramOp | undefined {
  const [name = "", ...operands] = op.split(":");
  const read = own(LONG, name);
  if (read === undefined || operands.length === 0) return undefined;
  const from = new Operands(op, at, locks, operands);
  const parsed = read(from);
  return from.more ? from.wrong("has an operand too many") : parsed;
}

const plainOf = (op: string): LockProgramOp | undefined => {
  const kind = own(PLAIN, op);
  return kind === undefined ? own(MORE_PLAIN, op) : { kind };
};

/** Returns an operation; throws Malformed. */
export function parseOp(value: unknown, at: number, locks: number): LockProgramOp {
  if (typeof value !== "string") fail(`ops[${at}] is ${shown(value)}, not a string`);
  return (
    plainOf(value) ??
    parseShort(value, at, locks) ??
    parseLong(value, at, locks) ??
    fail(
      `ops[${at}] is ${shown(value)}, not one of aK.S qK.S pK.S tK.S vK.S nK.S^J uK ` +
        `${Object.keys(PLAIN).join(" ")} ${Object.keys(MORE_PLAIN).join(" ")} ` +
        `${Object.keys(LONG).join(": ")}:`,
    )
  );
}

/** Returns whether an operation that could be read belongs to the extended format only. */
export const isExtendedOp = (op: unknown): boolean =>
  typeof op === "string" && (op.includes(":") || Object.hasOwn(MORE_PLAIN, op));
