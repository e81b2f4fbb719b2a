/** Per-CPU data: include/linux/percpu-defs.h. */
import {
  CPU,
  type Expr,
  add,
  assign,
  at,
  expr,
  set,
  step,
  sub,
  preempt_disable,
  preempt_enable,
  smp_processor_id,
} from "../../../../machine/index.js";
import type { Place } from "../../../types/storage.js";
import type { Body, CallExpression } from "../../context/context.js";
import { type Value, computed } from "../../context/values.js";
import { binary } from "../../expression/operators.js";
import { number } from "../../expression/value/number.js";
import { cpuOf, elementOf } from "../../expression/place/memory.js";
import { type Builtin, type Builtins, argument, target } from "./builtin.js";

/** Returns the CPU of who runs this, where that is followed. */
function thisCpu(body: Body, of: CallExpression): Expr {
  if (!body.owner.isWorker) return smp_processor_id();
  return body.refuse(
    of.at,
    `${of.name}(): which CPU a worker is on is not followed: in a kernel it is the one that queued the work; keep the number of that CPU where the work can find it, or wake by an irq_work or a tasklet, which come to the CPU that raised them`,
  );
}

const here = (body: Body, of: CallExpression): Value => ({
  kind: "number",
  expr: thisCpu(body, of),
  sort: "cpu",
  key: null,
});

/** Returns an element of what is per CPU. */
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

const thisCpuPlace = (body: Body, of: CallExpression): Place =>
  onCpu(body, perCpuName(body, of), thisCpu(body, of), of);

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

/** `this_cpu_add_return()` and the like: what is there then, all of it one step. */
const countsTo = (by: (body: Body, of: CallExpression) => Expr): Builtin<Value> => ({
  takes: "x, [value]",
  run: (body, of) => {
    const more = by(body, of);
    const { storage, index, text } = thisCpuPlace(body, of);
    if (storage.kind !== "scalar") return body.refuse(of.at, `${text} is no number`);
    const element = at(storage.variable, ...index);
    const now = body.temporary(storage.variable.domain);
    const sum = add(element, more);
    body.emit(of.at, step(of.text, { then: [assign(now, sum), assign(element, now)] }));
    return computed(now);
  },
});

const given = (body: Body, of: CallExpression): Expr => {
  const more = argument(body, of, 1);
  return number(body, body.frozen(body.value(more), more.at), more.at);
};

/** Changes the bits of a word in one step. */
const changesBits = (operator: "|" | "&"): Builtin<Value> => ({
  takes: "x, value",
  run: (body, of) => {
    const mask = computed(given(body, of));
    const { storage, index, text } = thisCpuPlace(body, of);
    if (storage.kind !== "scalar") return body.refuse(of.at, `${text} is no number`);
    const element = at(storage.variable, ...index);
    const next = number(body, binary(body, operator, computed(element), mask, of.at), of.at);
    body.emit(of.at, set(element, next, of.text));
    return { kind: "void" };
  },
});

function thisCpuPointer(): Builtin<Value> {
  return {
    takes: "pointer",
    run: (body, of) => ({
      kind: "address",
      place: onCpu(body, target(body, of, 0), thisCpu(body, of), of),
    }),
  };
}

function storeThisCpu(body: Body, of: CallExpression): Value {
  const given = body.value(argument(body, of, 1));
  body.store(thisCpuPlace(body, of), given, of.at, of.text);
  return given;
}

/** Calls of per-CPU data that are worth something. */
export const perCpuValues: Builtins<Value> = {
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
  __this_cpu_add: counts((body, of) => body.shared.constant(argument(body, of, 1))),
  this_cpu_inc_return: countsTo(() => expr(1)),
  __this_cpu_inc_return: countsTo(() => expr(1)),
  this_cpu_dec_return: countsTo(() => expr(-1)),
  __this_cpu_dec_return: countsTo(() => expr(-1)),
  this_cpu_add_return: countsTo(given),
  __this_cpu_add_return: countsTo(given),
  this_cpu_sub_return: countsTo((body, of) => sub(0, given(body, of))),
  this_cpu_or: changesBits("|"),
  __this_cpu_or: changesBits("|"),
  this_cpu_and: changesBits("&"),
  __this_cpu_and: changesBits("&"),
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
  get_cpu: {
    takes: "",
    run: (body, of) => {
      body.emit(of.at, preempt_disable());
      return here(body, of);
    },
  },
  raw_smp_processor_id: { takes: "", run: here },
  __smp_processor_id: { takes: "", run: here },
};

/** Calls that name per-CPU data. */
export const perCpuPlaces: Builtins<Place> = {
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
};
