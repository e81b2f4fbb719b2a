/** Numbers: include/linux/minmax.h, array_size.h, and what is the same here as it is given. */
import { cond, expr, le, lt, not } from "../../../../machine/index.js";
import { type Value, computed, literal, truthValue } from "../../context/values.js";
import { number } from "../../expression/value/number.js";
import { binary } from "../../expression/operators.js";
import { type Builtin, type Builtins, argument, value } from "./builtin.js";

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

const fixed = (number: number): Builtin<Value> => ({ takes: "...", run: () => literal(number) });

/** Calls that are numbers. */
export const numberValues: Builtins<Value> = {
  min: { takes: "a, b", run: smaller(true) },
  max: { takes: "a, b", run: smaller(false) },
  min_t: { takes: "type, a, b", run: smaller(true) },
  max_t: { takes: "type, a, b", run: smaller(false) },
  abs: {
    takes: "x",
    run: (body, of) => {
      const given = body.frozen(body.value(argument(body, of, 0)), of.at);
      const minus = number(body, binary(body, "-", literal(0), given, of.at), of.at);
      const plain = number(body, given, of.at);
      return computed(cond(le(expr(0), plain), plain, minus));
    },
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
  num_online_cpus: { takes: "", run: ({ shared }) => literal(shared.cpus) },
  num_possible_cpus: { takes: "", run: ({ shared }) => literal(shared.cpus) },
  cpu_online: fixed(1),
  cpu_possible: fixed(1),
  IS_ENABLED: {
    takes: "option",
    run: (body, of) => literal(body.shared.unit.macros.has(argument(body, of, 0).text) ? 1 : 0),
  },
  IS_ERR: fixed(0),
  IS_ERR_VALUE: {
    takes: "value",
    run: (body, of) => {
      const given = argument(body, of, 0);
      return truthValue(lt(number(body, body.value(given), given.at), 0));
    },
  },
  __builtin_constant_p: fixed(0),
  IS_ERR_OR_NULL: {
    takes: "pointer",
    run: (body, of) => truthValue(not(body.truth(argument(body, of, 0)))),
  },
  BUILD_BUG_ON: { takes: "condition", run: () => ({ kind: "void" }) },
  BUILD_BUG_ON_MSG: { takes: "condition, message", run: () => ({ kind: "void" }) },
  static_assert: { takes: "condition, [message]", run: () => ({ kind: "void" }) },
  msecs_to_jiffies: value,
  usecs_to_jiffies: value,
  ms_to_ktime: value,
  ns_to_ktime: value,
  ktime_set: { takes: "seconds, nanoseconds", run: value.run },
};
