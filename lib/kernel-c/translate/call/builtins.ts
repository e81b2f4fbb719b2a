/** What kernel C is written with besides its primitives: accessors, per-CPU data, `container_of()`. */
import {
  CPU,
  type Expr,
  cond,
  expr,
  le,
  preempt_disable,
  preempt_enable,
  smp_processor_id,
} from "../../../machine/index.js";
import type { Expression } from "../../parse/ast.js";
import type { Place } from "../../types/storage.js";
import { pointed } from "../expression/places.js";
import type { Body, CallExpression } from "../context/context.js";
import { binary } from "../expression/operators.js";
import { number } from "../expression/number.js";
import { cpuOf, elementOf } from "../expression/memory.js";
import { type Value, computed, literal, truthValue } from "../context/values.js";

/** A call that is worth something, or names a place. */
interface Builtin<T> {
  readonly takes: string;
  readonly run: (body: Body, of: CallExpression) => T;
}

function argument(body: Body, of: CallExpression, at: number): Expression {
  return of.args[at] ?? body.refuse(of.at, `${of.name}() lacks an argument`);
}

const here = (): Value => ({ kind: "number", expr: smp_processor_id(), sort: "cpu", key: null });

/** The place that an address leads to. */
function target(body: Body, of: CallExpression, at: number): Place {
  const given = argument(body, of, at);
  const value = body.value(given);
  if (value.kind === "address") return value.place;
  return body.place({ at: given.at, text: `*${given.text}`, kind: "deref", of: given });
}

/** An element of what is per CPU. */
function onCpu(body: Body, place: Place, cpu: Expr, of: CallExpression): Place {
  const { storage } = place;
  if (storage.kind !== "array" || storage.length !== CPU) {
    return body.refuse(
      of.at,
      `${place.text} is not per CPU: DEFINE_PER_CPU(type, ${place.text}) makes it so`,
    );
  }
  return elementOf(body, place, cpu, of.at, of.name === "per_cpu" ? of.text : place.text);
}

const perCpuName = (body: Body, of: CallExpression): Place => body.place(argument(body, of, 0));

const value: Builtin<Value> = {
  takes: "x",
  run: (body, of) => body.value(argument(body, of, 0)),
};
const truth: Builtin<Value> = {
  takes: "x",
  run: (body, of) => truthValue(body.truth(argument(body, of, 0))),
};
const pointedValue: Builtin<Value> = {
  takes: "pointer",
  run: (body, of) => body.load(target(body, of, 0), of.at),
};
const storeNamed: Builtin<Value> = {
  takes: "x, value",
  run: (body, of) => {
    const given = body.value(argument(body, of, 1));
    body.store(body.place(argument(body, of, 0)), given, of.at, of.text);
    return given;
  },
};
const storePointed: Builtin<Value> = {
  takes: "pointer, value",
  run: (body, of) => {
    const given = body.value(argument(body, of, 1));
    body.store(target(body, of, 0), given, of.at, of.text);
    return given;
  },
};

const thisCpuPlace = (body: Body, of: CallExpression): Place =>
  onCpu(body, perCpuName(body, of), smp_processor_id(), of);

/** `this_cpu_add()` and the like: one step, since no interrupt comes between. */
const counts = (by: (body: Body, of: CallExpression) => number | null): Builtin<Value> => ({
  takes: "x, [value]",
  run: (body, of) => {
    const place = thisCpuPlace(body, of);
    const step = by(body, of);
    if (step === null) return body.refuse(of.at, `${of.name}() wants a constant`);
    body.addTo(place, step, of.at, of.text);
    return { kind: "void" };
  },
});

const smaller =
  (isMin: boolean): Builtin<Value>["run"] =>
  (body, of) => {
    const typed = of.args.length === 3 ? 1 : 0;
    const a = number(body, body.frozen(body.value(argument(body, of, typed)), of.at), of.at);
    const b = number(body, body.frozen(body.value(argument(body, of, typed + 1)), of.at), of.at);
    if (a.op === "const" && b.op === "const") {
      return literal(isMin ? Math.min(a.value, b.value) : Math.max(a.value, b.value));
    }
    return computed(isMin ? cond(le(a, b), a, b) : cond(le(a, b), b, a));
  };

/** The structure whose member a place is; `dwork.work` is a member of a member. */
function container(body: Body, of: CallExpression, place: Place, member: string): Value {
  let at: Place = place;
  for (const field of member.split(".").reverse()) {
    if (at.inside?.field !== field) {
      return body.refuse(
        of.at,
        `${argument(body, of, 0).text} does not point to the member ${member} of anything`,
      );
    }
    at = at.inside.place;
  }
  return { kind: "address", place: at };
}

/** `container_of(pointer, type, member)` */
const containerOf: Builtin<Value> = {
  takes: "pointer, type, member",
  run: (body, of) => {
    const member = argument(body, of, 2).text.replace(/\s/g, "");
    const given = argument(body, of, 0);
    const value = body.value(given);
    return (
      outerOf(body, value, member) ??
      container(body, of, pointed(body, value, given, given.at), member)
    );
  },
};

/** What a structure stands in that is one member of one other: there is one of each in the other's pool. */
function outerOf(body: Body, value: Value, member: string): Value | null {
  const { embedded, pools } = body.shared;
  if (value.kind === "pointer") {
    const around = embedded.get(value.tag);
    return around?.field === member ? { ...value, tag: around.outer } : null;
  }
  if (value.kind !== "address" || value.place.inside !== null) return null;
  const { storage, index } = value.place;
  const around = storage.kind === "struct" ? embedded.get(storage.tag) : undefined;
  const pool = around === undefined ? undefined : pools.get(around.outer);
  const [at] = index;
  if (pool === undefined || around?.field !== member || at === undefined) return null;
  return { kind: "pointer", tag: around.outer, set: pool.set, expr: at };
}

/** `from_timer(variable, pointer, member)`: the type is that of the variable. */
const containerOfVariable: Builtin<Value> = {
  takes: "variable, pointer, member",
  run: (body, of) => {
    const member = argument(body, of, 2);
    return container(body, of, target(body, of, 1), member.text.replace(/\s/g, ""));
  },
};

const fixed = (number: number): Builtin<Value> => ({ takes: "...", run: () => literal(number) });

/** Calls that are worth something. */
export const builtins: ReadonlyMap<string, Builtin<Value>> = new Map(
  Object.entries<Builtin<Value>>({
    likely: truth,
    unlikely: truth,
    __builtin_expect: { takes: "x, value", run: value.run },
    rcu_access_pointer: value,
    smp_load_acquire: pointedValue,
    smp_store_release: storePointed,
    WRITE_ONCE: storeNamed,
    smp_store_mb: storeNamed,
    rcu_assign_pointer: storeNamed,
    RCU_INIT_POINTER: storeNamed,
    this_cpu_write: { takes: "x, value", run: (body, of) => storeThisCpu(body, of) },
    __this_cpu_write: { takes: "x, value", run: (body, of) => storeThisCpu(body, of) },
    this_cpu_inc: counts(() => 1),
    __this_cpu_inc: counts(() => 1),
    this_cpu_dec: counts(() => -1),
    __this_cpu_dec: counts(() => -1),
    this_cpu_add: counts((body, of) => body.shared.constant(argument(body, of, 1))),
    this_cpu_sub: counts((body, of) => {
      const by = body.shared.constant(argument(body, of, 1));
      return by === null ? null : -by;
    }),
    per_cpu_ptr: {
      takes: "pointer, cpu",
      run: (body, of) => {
        const place = target(body, of, 0);
        const cpu = argument(body, of, 1);
        const which = cpuOf(body, body.value(cpu), cpu.at);
        return { kind: "address", place: onCpu(body, place, which, of) };
      },
    },
    get_cpu_ptr: {
      takes: "pointer",
      run: (body, of) => {
        body.emit(of.at, preempt_disable());
        return thisCpuPointer().run(body, of);
      },
    },
    put_cpu_ptr: {
      takes: "pointer",
      run: (body, of) => {
        body.emit(of.at, preempt_enable());
        return { kind: "void" };
      },
    },
    put_cpu_var: {
      takes: "x",
      run: (body, of) => {
        body.emit(of.at, preempt_enable());
        return { kind: "void" };
      },
    },
    this_cpu_ptr: thisCpuPointer(),
    raw_cpu_ptr: thisCpuPointer(),
    smp_processor_id: { takes: "", run: here },
    raw_smp_processor_id: { takes: "", run: here },
    __smp_processor_id: { takes: "", run: here },
    min: { takes: "a, b", run: smaller(true) },
    max: { takes: "a, b", run: smaller(false) },
    min_t: { takes: "type, a, b", run: smaller(true) },
    max_t: { takes: "type, a, b", run: smaller(false) },
    container_of: containerOf,
    list_entry: containerOf,
    from_timer: containerOfVariable,
    timer_container_of: containerOfVariable,
    from_tasklet: containerOfVariable,
    from_work: containerOfVariable,
    to_delayed_work: {
      takes: "work",
      run: (body, of) => container(body, of, target(body, of, 0), "work"),
    },
    ARRAY_SIZE: {
      takes: "array",
      run: (body, of) => {
        const { storage } = body.place(argument(body, of, 0));
        if (storage.kind !== "array") return body.refuse(of.at, "that is no array");
        const { length } = storage;
        return literal(typeof length === "number" ? length : body.shared.cpus);
      },
    },
    swap: {
      takes: "a, b",
      run: (body, of) => {
        const [a, b] = [argument(body, of, 0), argument(body, of, 1)];
        const first = body.frozen(body.value(a), a.at);
        const second = body.frozen(body.value(b), b.at);
        body.store(body.place(a), second, of.at, of.text);
        body.store(body.place(b), first, of.at, of.text);
        return { kind: "void" };
      },
    },
    /** The number of an object among all of its structure: an index of arrays with as many elements. */
    number_of: {
      takes: "pointer",
      run: (body, of) => {
        const value = body.value(argument(body, of, 0));
        if (value.kind !== "address" || value.place.storage.kind !== "struct") return value;
        const { storage, index } = value.place;
        const pool = body.shared.pools.get(storage.tag);
        const [member] = index;
        if (pool?.storage !== storage || member === undefined) return value;
        return { kind: "pointer", tag: storage.tag, set: pool.set, expr: member };
      },
    },
    num_online_cpus: { takes: "", run: ({ shared }) => literal(shared.cpus) },
    num_possible_cpus: { takes: "", run: ({ shared }) => literal(shared.cpus) },
    cpu_online: fixed(1),
    cpu_possible: fixed(1),
    IS_ENABLED: fixed(0),
    IS_ERR: fixed(0),
    BUILD_BUG_ON: { takes: "condition", run: () => ({ kind: "void" }) },
    BUILD_BUG_ON_MSG: { takes: "condition, message", run: () => ({ kind: "void" }) },
    msecs_to_jiffies: value,
    usecs_to_jiffies: value,
    ms_to_ktime: value,
    ns_to_ktime: value,
    ktime_set: { takes: "seconds, nanoseconds", run: value.run },
    abs: {
      takes: "x",
      run: (body, of) => {
        const given = body.frozen(body.value(argument(body, of, 0)), of.at);
        const minus = number(body, binary(body, "-", literal(0), given, of.at), of.at);
        const plain = number(body, given, of.at);
        return computed(cond(le(expr(0), plain), plain, minus));
      },
    },
  }),
);

function thisCpuPointer(): Builtin<Value> {
  return {
    takes: "pointer",
    run: (body, of) => ({
      kind: "address",
      place: onCpu(body, target(body, of, 0), smp_processor_id(), of),
    }),
  };
}

function storeThisCpu(body: Body, of: CallExpression): Value {
  const given = body.value(argument(body, of, 1));
  body.store(thisCpuPlace(body, of), given, of.at, of.text);
  return given;
}

/** Calls that name a place, and so may be assigned and have an address. */
export const placeBuiltins: ReadonlyMap<string, Builtin<Place>> = new Map(
  Object.entries<Builtin<Place>>({
    per_cpu: {
      takes: "name, cpu",
      run: (body, of) => {
        const cpu = argument(body, of, 1);
        const which = cpuOf(body, body.value(cpu), cpu.at);
        return onCpu(body, perCpuName(body, of), which, of);
      },
    },
    this_cpu_read: { takes: "name", run: thisCpuPlace },
    __this_cpu_read: { takes: "name", run: thisCpuPlace },
    get_cpu_var: {
      takes: "name",
      run: (body, of) => {
        body.emit(of.at, preempt_disable());
        return thisCpuPlace(body, of);
      },
    },
    READ_ONCE: { takes: "x", run: (body, of) => body.place(argument(body, of, 0)) },
    data_race: { takes: "x", run: (body, of) => body.place(argument(body, of, 0)) },
    ACCESS_ONCE: { takes: "x", run: (body, of) => body.place(argument(body, of, 0)) },
    rcu_dereference: { takes: "x", run: (body, of) => body.place(argument(body, of, 0)) },
    rcu_dereference_check: {
      takes: "x, condition",
      run: (body, of) => body.place(argument(body, of, 0)),
    },
    rcu_dereference_protected: {
      takes: "x, condition",
      run: (body, of) => body.place(argument(body, of, 0)),
    },
  }),
);
