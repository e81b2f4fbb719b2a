/** What calls of both kinds of timers have in common: they start one, end one, ask whether it is pending. */
import {
  type Expr,
  type Statement,
  type Timer,
  at,
  bool,
  cond,
  int,
  smp_processor_id,
  timer_fn,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type World,
  gives,
  returning,
} from "../row/index.js";

/** Returns a timer that a call starts, which has to have a function; `how` sets that up. */
export function started(call: Call, type: ObjectType<Timer>, how: string): Timer {
  const { object, id } = call.object(0, type);
  call.world.note("raised", id, "yes");
  if (call.world.functionOf(id) !== null) return object;
  return call.refuse(`${id}: what it does is not said; ${how}(&${id}, function, ...) says it`, 0);
}

/** Where a timer expires, by what a call or its setup says. */
export type Where = "local" | "any";

/**
 * Starts a timer; returns whether it was pending before.
 *
 * @param how the call that sets one up
 * @param where of what is said by this call; without it, what was said where the timer was set up
 */
export const starts = (
  takes: string,
  type: ObjectType<Timer>,
  how: string,
  run: (of: Timer) => Statement,
  where?: (call: Call) => Where,
): CallRow =>
  gives(takes, (call) => {
    const timer = started(call, type, how);
    const { id } = call.object(0, type);
    const [setUp = "any"] = call.world.noted("expires", id);
    const on = where === undefined ? setUp : where(call);
    const placed: Timer = on === "local" ? { ...timer, on: smp_processor_id() } : timer;
    return returning(call, run(placed), at(timer.pending));
  });

/** Whether it was pending. */
export const ends = (
  takes: string,
  type: ObjectType<Timer>,
  run: (of: Timer) => Statement,
): CallRow =>
  gives(takes, (call) => {
    const { object } = call.object(0, type);
    return returning(call, run(object), at(object.pending));
  });

/** One that runs is left: -1; else whether it was pending. */
export const tries = (
  takes: string,
  type: ObjectType<Timer>,
  run: (of: Timer) => Statement,
): CallRow =>
  gives(takes, (call) => {
    const { object } = call.object(0, type);
    const was = cond(object.running, -1, cond(object.pending, 1, 0));
    return returning(call, run(object), was, int(-1, 1));
  });

/** Whether it is pending now. */
export const pending = (type: ObjectType<Timer>): CallRow =>
  gives("timer", (call) => {
    const { object } = call.object(0, type);
    return call.reads({ op: "read", variable: object.pending, index: [] }, bool);
  });

/** Returns the handlers of the timers that somebody starts. */
export const fires =
  (
    type: ObjectType<Timer>,
    asSetUp: (world: World, id: string, timer: Timer) => Timer = (_, __, timer) => timer,
    then: (timer: Timer, returned: Expr) => readonly Statement[] = () => [],
  ): NonNullable<Family["processes"]> =>
  (world) =>
    world.instances(type).flatMap(({ id, object }) => {
      const name = world.functionOf(id);
      // Nobody starts it: it never comes.
      if (name === null || world.noted("raised", id).length === 0) return [];
      const timer = asSetUp(world, id, object);
      const body = world.body(name, [{ kind: "object", id }], undefined, (value) =>
        then(timer, value),
      );
      return [timer_fn(timer, name, body)];
    });
