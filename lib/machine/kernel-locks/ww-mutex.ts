/**
 * Wound/wait mutexes: kernel/locking/ww_mutex.h and mutex.c of Linux 6.12. Of two contexts that want each other's
 * locks the younger gives up: with wound/wait once it waits for the next lock, with wait/die at once.
 */
import { type Expr, add, and, at, current, eq, lt, ne, not, sub } from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import { break_, either, fn, forever } from "../language/control-flow.js";
import { type Effect, type FactTemplate, assign, check, when } from "../language/effect.js";
import type { Statement, Step } from "../language/statement.js";
import { step } from "../language/step.js";
import { type Variable, bool, variable } from "../language/variable.js";
import { signalPending } from "../kernel/signal-pending.js";
import { acquireFact, lockVariable, mayWait, notInAtomic, tried } from "./common.js";
import { type WwClass, expectClass } from "./ww-class.js";

/** A `struct ww_mutex`. */
export interface WwMutex {
  readonly kind: "ww_mutex";
  readonly name: string;
  /** Its owner; what lockdep knows. */
  readonly base: Variable;
  /** Whether it is held in a context. */
  readonly inContext: Variable;
  readonly class: WwClass;
}

/**
 * Declares a mutex of a class: `ww_mutex_init(lock, class)`. All mutexes of a class are one class of lockdep's.
 *
 * @example
 * const reservation = ww_class("reservation_ww_class");
 * const buffer = ww_mutex("buffer", reservation);
 */
export function ww_mutex(name: string, of: WwClass): WwMutex {
  expectClass(`ww_mutex("${name}")`, of);
  const known = { className: `${of.name}_mutex`, key: `${of.name}.mutex_key` };
  return {
    kind: "ww_mutex",
    name,
    base: lockVariable("ww_mutex", name, { kind: "process" }, known),
    inContext: variable(`${name}.ctx`, bool),
    class: of,
  };
}

/** What is done with what a call returns. */
export interface WwOutcomes {
  readonly then?: readonly Statement[];
  /** Somebody older wants what this context holds: drop all, take this one with `ww_mutex_lock_slow()`, begin anew. */
  readonly EDEADLK?: readonly Statement[];
  /** The context has it already. */
  readonly EALREADY?: readonly Statement[];
  /** A signal came. */
  readonly EINTR?: readonly Statement[];
}

const results = { taken: 0, EDEADLK: 1, EALREADY: 2, EINTR: 3 } as const;

const isFree = ({ base }: WwMutex): Expr => eq(base, NONE);

function expectMutex(call: string, of: WwMutex): void {
  const given: unknown = of;
  if (typeof given === "object" && given !== null && "kind" in given && given.kind === "ww_mutex") {
    return;
  }
  throw new TypeError(`${call}(): ww_mutex("name", class) makes what this call takes`);
}

/** Returns what taking it in a context does, and what lockdep is told. */
function taking(
  call: string,
  { base, inContext }: WwMutex,
  ctx: WwClass | null,
  trylock: boolean,
): Pick<Step, "effects" | "facts"> {
  const me = current();
  const nest = ctx === null ? {} : { nest: at(ctx.map, me) };
  const facts: readonly FactTemplate[] = [
    acquireFact(at(base), nest, 0, trylock),
    { kind: "locked", lock: at(base), read: 0 },
  ];
  if (ctx === null) return { effects: [assign(base, me)], facts };
  const acquired = at(ctx.acquired, me);
  const effects: readonly Effect[] = [
    check(lt(0, at(ctx.stamp, me)), `${call}: the context is not initialised`, "misuse"),
    check(not(at(ctx.done, me)), `${call}: after ww_acquire_done()`, "misuse"),
    when(eq(acquired, 0), [assign(at(ctx.wounded, me), false)]),
    assign(base, me),
    assign(inContext, true),
    assign(acquired, add(acquired, 1)),
  ];
  return { effects, facts };
}

/** Returns a call in a context, until it returns something. */
function inContextOf(
  call: string,
  lock: WwMutex,
  ctx: WwClass,
  outcomes: WwOutcomes,
  more: { readonly first?: readonly Effect[]; readonly signals?: boolean } = {},
): Statement {
  const me = current();
  const owner = at(lock.base);
  const sleeping = { lock: lock.base, instead: "" };
  const returned = at(ctx.returned, me);
  const gives = (result: number): Effect => assign(returned, result);
  const before = [notInAtomic(call), ...(more.first ?? [])];
  const { effects, facts } = taking(call, lock, ctx, false);
  const dropped: readonly FactTemplate[] = [
    acquireFact(owner, { nest: at(ctx.map, me) }, 0, false),
    { kind: "release", lock: owner },
  ];
  const isOther = and(ne(owner, NONE), ne(owner, me), lock.inContext);
  const isYounger = lt(at(ctx.stamp, owner), at(ctx.stamp, me));
  const holds = lt(0, at(ctx.acquired, me));
  const killed = ctx.isWaitDie
    ? and(isOther, holds, isYounger)
    : and(not(isFree(lock)), ne(owner, me), holds, at(ctx.wounded, me));
  const arms: (readonly Statement[])[] = [
    [step(call, { when: isFree(lock), then: [...before, ...effects], facts, sleeping }), break_],
    [
      step(`${call} = -EDEADLK`, {
        when: killed,
        then: [...before, gives(results.EDEADLK)],
        facts: dropped,
      }),
      break_,
    ],
    [
      step(`${call} = -EALREADY`, {
        when: and(eq(owner, me), lock.inContext),
        then: [...before, gives(results.EALREADY)],
      }),
      break_,
    ],
  ];
  if (more.signals === true) {
    const ended = and(not(isFree(lock)), ne(owner, me), at(signalPending, me));
    const then = [...before, gives(results.EINTR)];
    arms.push([step(`${call} = -EINTR`, { when: ended, then, facts: dropped }), break_]);
  }
  if (!ctx.isWaitDie) {
    const older = lt(at(ctx.stamp, me), at(ctx.stamp, owner));
    const can = and(isOther, older, lt(0, at(ctx.acquired, owner)), not(at(ctx.wounded, owner)));
    arms.push([
      step(`${call} wounds`, {
        when: can,
        then: [...before, assign(at(ctx.wounded, owner), true)],
      }),
    ]);
  }
  const went = (result: keyof typeof results, body: readonly Statement[] = []) => [
    step(result === "taken" ? "ret == 0" : `ret == -${result}`, {
      when: eq(returned, results[result]),
      then: [assign(returned, results.taken)],
    }),
    ...body,
  ];
  const { then, EDEADLK, EALREADY, EINTR } = outcomes;
  return either([
    fn("ww_mutex_lock", [forever([either(...arms)])]),
    either(
      went("taken", then),
      went("EDEADLK", EDEADLK),
      went("EALREADY", EALREADY),
      ...(more.signals === true ? [went("EINTR", EINTR)] : []),
    ),
  ]);
}

function outsideOf(call: string, lock: WwMutex, then: readonly Statement[] = []): Statement {
  const { effects, facts } = taking(call, lock, null, false);
  const taken = step(call, {
    when: isFree(lock),
    then: [notInAtomic(call), ...effects],
    facts,
    sleeping: { lock: lock.base, instead: "" },
  });
  return either([fn("ww_mutex_lock", [mayWait(call, isFree(lock), taken)]), ...then]);
}

/**
 * `ww_mutex_lock(lock, ctx)`: waits, unless the context has to give up what it holds. A misuse in atomic context.
 *
 * @param ctx the class whose context this task has; null for none: then it is a mutex as any other
 * @param outcomes what is done with what it returns: nothing, where it is left out
 */
export function ww_mutex_lock(
  lock: WwMutex,
  ctx: WwClass | null,
  outcomes: WwOutcomes = {},
): Statement {
  expectMutex("ww_mutex_lock", lock);
  const call = `ww_mutex_lock(&${lock.name})`;
  return ctx === null
    ? outsideOf(call, lock, outcomes.then)
    : inContextOf(call, lock, ctx, outcomes);
}

/** `ww_mutex_lock_interruptible(lock, ctx)`: a signal ends it with `-EINTR`, see `signals()`. */
export function ww_mutex_lock_interruptible(
  lock: WwMutex,
  ctx: WwClass,
  outcomes: WwOutcomes = {},
): Statement {
  expectMutex("ww_mutex_lock_interruptible", lock);
  const call = `ww_mutex_lock_interruptible(&${lock.name})`;
  return inContextOf(call, lock, ctx, outcomes, { signals: true });
}

const noneHeld = (call: string, ctx: WwClass): Effect =>
  check(eq(at(ctx.acquired, current()), 0), `${call}: locks are held`, "misuse");

/** `ww_mutex_lock_slow(lock, ctx)`: after `-EDEADLK`, with nothing of the context held; else a misuse. */
export function ww_mutex_lock_slow(lock: WwMutex, ctx: WwClass): Statement {
  expectMutex("ww_mutex_lock_slow", lock);
  const call = `ww_mutex_lock_slow(&${lock.name})`;
  return inContextOf(call, lock, ctx, {}, { first: [noneHeld(call, ctx)] });
}

/** `ww_mutex_lock_slow_interruptible(lock, ctx)`: the same, and a signal ends it with `-EINTR`. */
export function ww_mutex_lock_slow_interruptible(
  lock: WwMutex,
  ctx: WwClass,
  outcomes: WwOutcomes = {},
): Statement {
  expectMutex("ww_mutex_lock_slow_interruptible", lock);
  const call = `ww_mutex_lock_slow_interruptible(&${lock.name})`;
  return inContextOf(call, lock, ctx, outcomes, { first: [noneHeld(call, ctx)], signals: true });
}

/** `if (ww_mutex_trylock(lock, ctx)) then else otherwise` */
export function ww_mutex_trylock(
  lock: WwMutex,
  ctx: WwClass | null,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement {
  expectMutex("ww_mutex_trylock", lock);
  const call = `ww_mutex_trylock(&${lock.name})`;
  const { effects, facts } = taking(call, lock, ctx, true);
  const taken = step(call, { when: isFree(lock), then: effects, facts });
  return tried(taken, then, step(`${call} fails`, { when: not(isFree(lock)) }), otherwise);
}

/** `ww_mutex_unlock()` */
export function ww_mutex_unlock(lock: WwMutex): Step {
  expectMutex("ww_mutex_unlock", lock);
  const call = `ww_mutex_unlock(&${lock.name})`;
  const acquired = at(lock.class.acquired, current());
  return step(call, {
    then: [
      check(eq(lock.base, current()), `${call}: this task does not hold it`, "misuse"),
      when(lock.inContext, [assign(acquired, sub(acquired, 1)), assign(lock.inContext, false)]),
      assign(lock.base, NONE),
    ],
    facts: [
      { kind: "release", lock: at(lock.base) },
      { kind: "unlocked", lock: at(lock.base) },
    ],
    sleeping: { lock: lock.base, instead: "" },
  });
}
