/** Reader-writer locks that are tried: a task that does not get one at once does not wait in its queue. */
import {
  type Expr,
  type Operand,
  add,
  and,
  at,
  current,
  eq,
  not,
  smp_processor_id,
} from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import { tried } from "./common.js";
import { type RwLock, expectKind, isFree, spinning, takenToRead, takenToWrite } from "./rwlock.js";
import { type Effect, assign } from "../language/effect.js";
import type { Statement } from "../language/statement.js";
import { step } from "../language/step.js";

/** Takes the lock and goes on with `then`, or with `otherwise` if it cannot be had. */
type Try = (
  lock: RwLock,
  then: readonly Statement[],
  otherwise?: readonly Statement[],
  index?: readonly Operand[],
) => Statement;

const trying =
  (call: string, kind: RwLock["kind"], mode: "read" | "write"): Try =>
  (lock, then, otherwise = [], index = []) => {
    expectKind(call, lock, kind);
    const name = `${call}(&${lock.name})`;
    const place = at(lock.writer, ...index);
    const when = and(
      mode === "read" ? eq(place, NONE) : isFree(lock, index),
      unqueued(lock, index),
    );
    const taken = step(name, {
      when,
      then: [entering(lock, index, mode), ...spinning(lock, 1)],
      facts: mode === "write" ? takenToWrite(place, {}, true) : takenToRead(kind, place, {}, true),
    });
    return tried(taken, then, step(`${name} fails`, { when: not(when) }), otherwise);
  };

const unqueued = (lock: RwLock, index: readonly Operand[]): Expr => not(at(lock.waiting, ...index));

function entering(lock: RwLock, index: readonly Operand[], mode: "read" | "write"): Effect {
  const readers = at(lock.readers, ...index);
  if (mode === "read") return assign(readers, add(readers, 1));
  return assign(at(lock.writer, ...index), lock.kind === "rwlock" ? smp_processor_id() : current());
}

/** `if (read_trylock(lock)) then else otherwise` */
export const read_trylock = trying("read_trylock", "rwlock", "read");
/** `if (write_trylock(lock)) then else otherwise` */
export const write_trylock = trying("write_trylock", "rwlock", "write");
/** `if (down_read_trylock(sem)) then else otherwise` */
export const down_read_trylock = trying("down_read_trylock", "rwsem", "read");
/** `if (down_write_trylock(sem)) then else otherwise` */
export const down_write_trylock = trying("down_write_trylock", "rwsem", "write");
/** `if (percpu_down_read_trylock(sem)) then else otherwise` */
export const percpu_down_read_trylock = trying("percpu_down_read_trylock", "percpu_rwsem", "read");
