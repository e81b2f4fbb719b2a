/** Completions and semaphores: include/linux/completion.h, semaphore.h. */
import {
  type Completion,
  type Expr,
  type Semaphore,
  type Statement,
  bool,
  complete,
  complete_all,
  completion,
  completion_done,
  down,
  down_interruptible,
  down_killable,
  down_timeout,
  down_trylock,
  int,
  reinit_completion,
  semaphore,
  set,
  try_wait_for_completion,
  up,
  wait_for_completion,
  wait_for_completion_interruptible,
  wait_for_completion_killable,
  wait_for_completion_timeout,
} from "../../../machine/index.js";
import { type CallRow, type Family, type ObjectType, does, gives, setsUp } from "../row/index.js";

export const completionType: ObjectType<Completion> = {
  names: ["struct completion"],
  definers: ["DECLARE_COMPLETION", "DECLARE_COMPLETION_ONSTACK"],
  initializers: ["init_completion"],
  declare: (name, { per, range }) =>
    completion(name, { per, ...(range === null ? {} : { most: range.max }) }),
};

export const semaphoreType: ObjectType<Semaphore> = {
  names: ["struct semaphore"],
  definers: ["DEFINE_SEMAPHORE"],
  initializers: [],
  declare: (name, { per, init, range }) => {
    const count = init();
    return semaphore(name, { per, count, ...(range === null ? {} : { most: range.max }) });
  },
  counter: ({ count }) => count,
};

const plain = <T>(
  type: ObjectType<T>,
  run: (of: T, index: readonly Expr[]) => Statement,
): CallRow =>
  does("x", (call) => {
    const { object, index } = call.object(0, type);
    return [run(object, index)];
  });

type Ended<T> = (
  of: T,
  then: readonly Statement[],
  otherwise: readonly Statement[],
  index: readonly Expr[],
) => Statement;

/** A call that returns one of two numbers: `got` where it has what it waited for. */
const ended = <T>(
  takes: string,
  type: ObjectType<T>,
  run: Ended<T>,
  got: number,
  otherwise: number,
): CallRow =>
  gives(takes, (call) => {
    const { object, index } = call.object(0, type);
    const result = call.temporary(int(Math.min(got, otherwise), Math.max(got, otherwise)));
    call.emit(run(object, [set(result, got)], [set(result, otherwise)], index));
    return result;
  });

const [EINTR, ETIME] = [-4, -62] as const;

export const waitFamily: Family = {
  name: "waits",
  types: [completionType, semaphoreType],
  calls: {
    complete: plain(completionType, complete),
    complete_all: plain(completionType, complete_all),
    reinit_completion: plain(completionType, reinit_completion),
    wait_for_completion: plain(completionType, wait_for_completion),
    wait_for_completion_io: plain(completionType, wait_for_completion),
    wait_for_completion_interruptible: ended(
      "x",
      completionType,
      wait_for_completion_interruptible,
      0,
      EINTR,
    ),
    wait_for_completion_killable: ended(
      "x",
      completionType,
      wait_for_completion_killable,
      0,
      EINTR,
    ),
    wait_for_completion_timeout: ended(
      "x, timeout",
      completionType,
      wait_for_completion_timeout,
      1,
      0,
    ),
    wait_for_completion_io_timeout: ended(
      "x, timeout",
      completionType,
      wait_for_completion_timeout,
      1,
      0,
    ),
    complete_on_current_cpu: plain(completionType, complete),
    try_wait_for_completion: ended("x", completionType, try_wait_for_completion, 1, 0),
    completion_done: gives("x", (call) => {
      const { object, index } = call.object(0, completionType);
      return call.reads(completion_done(object, index), bool);
    }),
    sema_init: setsUp("sem, value", (call) => {
      call.object(0, semaphoreType);
      call.counts(0, call.constant(1));
    }),
    down: plain(semaphoreType, down),
    up: plain(semaphoreType, up),
    down_interruptible: ended("sem", semaphoreType, down_interruptible, 0, EINTR),
    down_killable: ended("sem", semaphoreType, down_killable, 0, EINTR),
    down_timeout: ended("sem, jiffies", semaphoreType, down_timeout, 0, ETIME),
    down_trylock: ended("sem", semaphoreType, down_trylock, 0, 1),
  },
  instead: Object.fromEntries(
    ["interruptible", "killable"].map((how) => [
      `wait_for_completion_${how}_timeout`,
      `one ending each: wait_for_completion_${how}(), or wait_for_completion_timeout()`,
    ]),
  ),
};
