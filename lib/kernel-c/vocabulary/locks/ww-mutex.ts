/** Wound/wait mutexes: include/linux/ww_mutex.h. Each task has one acquire context of a class. */
import {
  type WwClass,
  at,
  type WwMutex,
  type WwOutcomes,
  bool,
  int,
  set,
  ww_acquire_done,
  ww_acquire_fini,
  ww_acquire_init,
  ww_class,
  ww_mutex,
  ww_mutex_lock,
  ww_mutex_lock_interruptible,
  ww_mutex_lock_slow,
  ww_mutex_lock_slow_interruptible,
  ww_mutex_trylock,
  ww_mutex_unlock,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type World,
  does,
  gives,
  setsUp,
} from "../row/index.js";
import { isHeld } from "./lock-types.js";

const classType: ObjectType<WwClass> = {
  names: ["struct ww_class"],
  definers: ["DEFINE_WW_CLASS"],
  initializers: [],
  single: true,
  declare: (name) => ww_class(name),
};

/** Wait-die: the younger context gives up, and none is wounded. */
const waitDieClassType: ObjectType<WwClass> = {
  names: ["struct ww_class of DEFINE_WD_CLASS()", "wd_class_t"],
  definers: ["DEFINE_WD_CLASS"],
  initializers: [],
  single: true,
  declare: (name) => ww_class(name, { is_wait_die: true }),
};

/** Of which class it is `ww_mutex_init()` says, wherever that stands. */
export const wwMutexType: ObjectType<{ readonly name: string; readonly of: string | null }> = {
  names: ["struct ww_mutex"],
  definers: ["DEFINE_WW_MUTEX"],
  initializers: [],
  single: true,
  declare: (name) => ({ name, of: null }),
};

/** What is made of one when its class is known. */
const madeType: ObjectType<WwMutex> = {
  names: ["struct ww_mutex with its class"],
  definers: [],
  initializers: [],
  declare: () => {
    throw new TypeError("a ww_mutex is made with its class");
  },
};

/** A context is on the stack of its task. */
const contextType: ObjectType<null> = {
  names: ["struct ww_acquire_ctx"],
  definers: [],
  initializers: [],
  declare: () => null,
};

const classCalled = (world: World, id: string | null | undefined): WwClass | null =>
  [...world.instances(classType), ...world.instances(waitDieClassType)].find((one) => one.id === id)
    ?.object ?? null;

/** Returns the mutex by its address, the first argument. */
export function wwMutexOf(call: Call): WwMutex {
  const { object, id } = call.object(0, wwMutexType);
  const said = call.world.noted("ww class of a mutex", id)[0] ?? call.world.functionOf(id);
  const of = classCalled(call.world, said);
  if (of !== null) return call.world.once(madeType, id, () => ww_mutex(object.name, of));
  return call.refuse(
    `${id}: of which class it is is not said; ww_mutex_init(&${id}, &class) does`,
    0,
  );
}

/** The class of the context that is given; null for NULL: a mutex as any other. */
function contextOf(call: Call, at: number): WwClass | null {
  if (call.isNull(at)) return null;
  const { id } = call.object(at, contextType);
  const [said] = call.world.noted("ww class of a context", id);
  const of = classCalled(call.world, said);
  return of ?? call.refuse(`${id}: ww_acquire_init() comes first`, at);
}

function needed(call: Call, at: number): WwClass {
  const of = contextOf(call, at);
  return of ?? call.refuse(`${call.name}() wants a context`, at);
}

const [EINTR, EDEADLK, EALREADY] = [-4, -35, -114] as const;

/** Returns 0 with the lock, or why it was not taken. */
const locks = (
  run: (lock: WwMutex, ctx: WwClass | null, of: WwOutcomes) => CallStatement,
): CallRow =>
  gives("lock, ctx", (call) => {
    const lock = wwMutexOf(call);
    const ctx = contextOf(call, 1);
    const result = call.temporary(int(EALREADY, 0));
    const gets = (value: number) => [set(result, value)];
    call.emit(
      run(lock, ctx, {
        then: gets(0),
        EDEADLK: gets(EDEADLK),
        EALREADY: gets(EALREADY),
        EINTR: gets(EINTR),
      }),
    );
    return result;
  });

type CallStatement = ReturnType<typeof ww_mutex_lock>;

const onContext = (run: typeof ww_acquire_done): CallRow =>
  does("ctx", (call) => [run(needed(call, 0))]);

export const wwMutexFamily: Family = {
  name: "ww-mutex",
  types: [classType, waitDieClassType, wwMutexType, contextType],
  calls: {
    ww_mutex_init: setsUp("lock, ww_class", (call) => {
      const { id } = call.object(0, wwMutexType);
      call.world.note("ww class of a mutex", id, call.object(1, classType, waitDieClassType).id);
    }),
    ww_acquire_init: does("ctx, ww_class", (call) => {
      const { object, id } = call.object<WwClass>(1, classType, waitDieClassType);
      call.world.note("ww class of a context", call.object(0, contextType).id, id);
      return [ww_acquire_init(object)];
    }),
    ww_acquire_done: onContext(ww_acquire_done),
    ww_acquire_fini: onContext(ww_acquire_fini),
    ww_mutex_lock: locks(ww_mutex_lock),
    ww_mutex_lock_interruptible: locks((lock, ctx, outcomes) =>
      ww_mutex_lock_interruptible(lock, ctx ?? lock.class, outcomes),
    ),
    ww_mutex_lock_slow: does("lock, ctx", (call) => {
      const lock = wwMutexOf(call);
      return [ww_mutex_lock_slow(lock, needed(call, 1))];
    }),
    ww_mutex_lock_slow_interruptible: locks((lock, ctx, outcomes) =>
      ww_mutex_lock_slow_interruptible(lock, ctx ?? lock.class, outcomes),
    ),
    ww_mutex_trylock: gives("lock, ctx", (call) => {
      const lock = wwMutexOf(call);
      const ctx = contextOf(call, 1);
      const taken = call.temporary(bool);
      call.emit(ww_mutex_trylock(lock, ctx, [set(taken, true)], [set(taken, false)]));
      return taken;
    }),
    ww_mutex_unlock: does("lock", (call) => [ww_mutex_unlock(wwMutexOf(call))]),
    ww_mutex_is_locked: gives("lock", (call) => call.reads(isHeld(at(wwMutexOf(call).base)), bool)),
    ww_mutex_destroy: does("lock", () => []),
  },
};
