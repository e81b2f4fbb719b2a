/** Does the operations of a lock program to a lockdep, as test/oracle/README.md has them. */
import type { LockMap } from "../../primitives/lock.js";
import type { LockCompare, LockInstance } from "../state/class.js";
import type { Lockdep } from "../lockdep.js";
import type { LockdepMap } from "../state/map.js";
import type { PinCookie } from "../calls/pin.js";
import type { Stack } from "../report/report.js";
import { printToConsole } from "./console.js";
import type {
  ContextAssert,
  LockProgram,
  PlainOp,
  ProgramClass,
  LockProgramLock,
  LockProgramOp,
} from "./format.js";
import { lockTypeOf } from "./lock-types.js";

/** A cookie that no pin has: larger than any. */
const WRONG_COOKIE: PinCookie = 0xf_ffff;

const ASSERTS = {
  "none-held": "lockdep_assert_none_held",
  "irqs-disabled": "lockdep_assert_irqs_disabled",
  "irqs-enabled": "lockdep_assert_irqs_enabled",
  "in-irq": "lockdep_assert_in_irq",
  "in-softirq": "lockdep_assert_in_softirq",
  "no-hardirq": "lockdep_assert_no_hardirq",
} as const satisfies Record<ContextAssert, keyof Lockdep>;

const indexOf = ({ id }: LockInstance): number => Number(id.slice("lock".length));
const byIndex: LockCompare = (a, b) => indexOf(a) - indexOf(b);
const printIndex = (lock: LockInstance): string => `[${indexOf(lock)}]`;

/** The key of a class. */
const keyName = (lockClass: ProgramClass): string => `${lockClass}`;

const storageOf = (lockClass: ProgramClass): NonNullable<LockMap["keyStorage"]> =>
  lockClass === "-" ? "none" : typeof lockClass === "number" ? "static" : "dynamic";

/** The operations that warn of how interrupts and locks are, from outside of lockdep. */
const WARN_THEMSELVES: readonly LockProgramOp["kind"][] = [
  "assert",
  "assert-held",
  "assert-not-held",
  "bh-off",
  "bh-on",
  "softirq-enter",
  "softirq-exit",
];

export class Interpreter {
  readonly maps: readonly LockdepMap[];
  private readonly cookies = new Map<number, PinCookie>();
  private readonly hardirqs = new Map<number, number>();
  private current = 0;

  constructor(
    private readonly program: LockProgram,
    private readonly lockdep: Lockdep,
  ) {
    this.maps = program.locks.map((lock, at) => {
      const zeroed = typeof lock.class !== "number";
      const described = this.describe(at, lock.class);
      const name = zeroed ? "(null)" : described.name;
      return lockdep.lockdep_init_map({
        ...described,
        name,
        keyStorage: zeroed ? "none" : "static",
      });
    });
  }

  /** The lock at an index, with the key and name of a class. */
  private describe(at: number, lockClass: ProgramClass): LockMap {
    const lock = this.lockAt(at);
    const type = lockTypeOf(lock.type);
    const isOwn = lockClass === lock.class;
    return {
      id: `lock${at}`,
      name: isOwn ? lock.name : this.nameOf(lockClass),
      ownName: isOwn && lock.own === true,
      key: keyName(lockClass),
      keyStorage: storageOf(lockClass),
      waitInner: type?.inner ?? 0,
      waitOuter: type?.outer ?? 0,
      lockType: type?.lockType ?? "normal",
    };
  }

  /** The name that the locks of a class share. */
  private nameOf(lockClass: ProgramClass): string {
    const shared = this.program.locks.find((lock) => lock.class === lockClass && lock.own !== true);
    const letter = String.fromCharCode("a".charCodeAt(0) + Number(`${lockClass}`.replace("D", "")));
    return shared?.name ?? `&lab${letter}->lk`;
  }

  private lockAt(at: number): LockProgramLock {
    const lock = this.program.locks[at];
    if (lock === undefined) throw new RangeError(`${this.program.id} has no lock ${at}`);
    return lock;
  }

  private map(at: number): LockdepMap {
    const map = this.maps[at];
    if (map === undefined) throw new RangeError(`${this.program.id} has no lock ${at}`);
    return map;
  }

  /**
   * Does one operation.
   *
   * @returns what it says, or null where it asks nothing
   */
  run(op: LockProgramOp, step: number): number | null {
    const { lockdep } = this;
    const before = lockdep.reports.length;
    const said = this.apply(op, [`op${step}`]);
    // While lockdep itself warns, it does not see the locks of the console.
    const outside = WARN_THEMSELVES.includes(op.kind);
    if (outside && lockdep.reports.slice(before).some(({ kind }) => kind === "warn")) {
      printToConsole(lockdep);
    }
    return said;
  }

  private apply(op: LockProgramOp, ip: Stack): number | null {
    const { lockdep } = this;
    switch (op.kind) {
      case "acquire": {
        const nest = op.nest === null ? null : this.map(op.nest);
        const map = this.map(op.lock);
        const { subclass, trylock, read, check = true, times = 1 } = op;
        for (let i = 0; i < times && lockdep.debug_locks; i++) {
          lockdep.lock_acquire(map, subclass, trylock, read, check, nest, ip);
        }
        return null;
      }
      case "release":
        lockdep.lock_release(this.map(op.lock), ip);
        return null;
      case "sync":
        lockdep.lock_sync(this.map(op.lock), op.subclass, op.read, op.check, ip);
        return null;
      case "downgrade":
        lockdep.lock_downgrade(this.map(op.lock), ip);
        return null;
      case "set-subclass":
        lockdep.lock_set_subclass(this.map(op.lock), op.subclass, ip);
        return null;
      case "set-class": {
        const { name, key } = this.describe(op.lock, op.class);
        lockdep.lock_set_class(this.map(op.lock), name, key, op.subclass, ip);
        return null;
      }
      case "init":
        this.init(op.lock, op.class, op.subclass);
        return null;
      case "novalidate":
        lockdep.lockdep_set_novalidate_class(this.map(op.lock));
        return null;
      case "notrack":
        lockdep.lockdep_set_notrack_class(this.map(op.lock));
        return null;
      case "pin":
        this.cookies.set(op.lock, lockdep.lock_pin_lock(this.map(op.lock), ip));
        return null;
      case "unpin":
        lockdep.lock_unpin_lock(this.map(op.lock), this.cookies.get(op.lock) ?? 0, ip);
        return null;
      case "unpin-wrongly":
        lockdep.lock_unpin_lock(this.map(op.lock), WRONG_COOKIE, ip);
        return null;
      case "repin":
        lockdep.lock_repin_lock(this.map(op.lock), this.cookies.get(op.lock) ?? 0, ip);
        return null;
      case "is-held": {
        const held = lockdep.lock_is_held(this.map(op.lock), op.by);
        return held === null ? -1 : Number(held);
      }
      case "assert-held":
        lockdep.lockdep_assert_held(this.map(op.lock), [op.kind], op.by);
        return null;
      case "assert-not-held":
        lockdep.lockdep_assert_not_held(this.map(op.lock), [op.kind]);
        return null;
      case "assert":
        lockdep[ASSERTS[op.what]]([op.kind]);
        return null;
      case "register-key":
        lockdep.lockdep_register_key(`D${op.key}`);
        return null;
      case "unregister-key":
        lockdep.lockdep_unregister_key(`D${op.key}`);
        return null;
      case "freed":
        lockdep.debug_check_no_locks_freed(this.maps.slice(op.lock, op.lock + op.count), ip);
        return null;
      case "compare":
        lockdep.lockdep_set_lock_cmp_fn(this.map(op.lock), byIndex, op.print ? printIndex : null);
        return null;
      case "reset":
        lockdep.lockdep_reset_lock(this.map(op.lock));
        this.init(op.lock, null, 0);
        return null;
      case "irq-config":
        lockdep.set_irq_config(op.value !== 0);
        return null;
      case "run-on":
        this.current = op.task;
        lockdep.run_on(op.task, op.task);
        return null;
      default:
        this.switch(op.kind, ip);
        return null;
    }
  }

  private init(at: number, lockClass: ProgramClass | null, subclass: number): void {
    this.lockdep.lockdep_init_map(this.describe(at, lockClass ?? this.lockAt(at).class), subclass);
  }

  private switch(kind: PlainOp, ip: Stack): void {
    const { lockdep } = this;
    switch (kind) {
      case "irqs-off":
        lockdep.lockdep_hardirqs_off(ip);
        return;
      case "irqs-on":
        lockdep.lockdep_hardirqs_on(ip);
        return;
      case "bh-off":
        lockdep.local_bh_disable(ip);
        return;
      case "bh-on":
        lockdep.local_bh_enable(ip);
        return;
      case "hardirq-enter":
        this.hardirqs.set(this.current, (this.hardirqs.get(this.current) ?? 0) + 1);
        lockdep.lockdep_hardirq_enter(false, ip);
        return;
      case "hardirq-exit": {
        const left = (this.hardirqs.get(this.current) ?? 0) - 1;
        this.hardirqs.set(this.current, left);
        lockdep.lockdep_hardirq_exit();
        if (left === 0) lockdep.lockdep_hardirqs_on(ip);
        return;
      }
      case "softirq-enter":
        lockdep.local_bh_disable(ip);
        lockdep.lockdep_softirq_enter();
        return;
      case "softirq-exit":
        lockdep.lockdep_softirq_exit();
        lockdep.local_bh_enable(ip);
        return;
      case "nmi-enter":
        lockdep.nmi_enter(ip);
        return;
      case "nmi-exit":
        lockdep.nmi_exit(ip);
        return;
      case "threaded":
        lockdep.lockdep_hardirq_threaded();
        return;
      case "lockdep-off":
        lockdep.lockdep_off();
        return;
      case "lockdep-on":
        lockdep.lockdep_on();
        return;
      case "exit":
        lockdep.debug_check_no_locks_held(ip);
        return;
      case "sys-exit":
        lockdep.lockdep_sys_exit(ip);
        return;
      case "episode":
        return;
    }
  }
}
