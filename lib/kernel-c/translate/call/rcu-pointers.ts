/** Pointers that RCU protects: include/linux/rcupdate.h, srcu.h. Lockdep is told where one is read that nothing protects. */
import {
  type LockRef,
  type Statement,
  rcu_dereference_check,
  rcu_dereference_protected,
  srcu_dereference,
} from "../../../machine/index.js";
import type { Expression } from "../../parse/ast.js";
import type { Place } from "../../types/storage.js";
import { anyLock, srcuType } from "../../vocabulary/index.js";
import type { Body, CallExpression } from "../context/context.js";
import type { Value } from "../context/values.js";
import { callOf } from "./call.js";
import { type Builtin, type Builtins, argument, named } from "./builtins/builtin.js";

/** What a condition demands: any of some locks; null where it is of another kind, and taken to hold. */
function locksIn(body: Body, of: Expression): readonly LockRef[] | null {
  if (of.kind === "logical" && of.operator === "||") {
    const [left, right] = [locksIn(body, of.left), locksIn(body, of.right)];
    return left === null || right === null ? null : [...left, ...right];
  }
  if (of.kind === "call" && /^lockdep_is_held(?:_type)?$/.test(of.name)) {
    return [anyLock(callOf(body, of).asCall, 0)];
  }
  // Which rcu_dereference_check() asks for anyway.
  if (of.kind === "call" && /^s?rcu_read_lock_held$/.test(of.name)) return [];
  return body.shared.constant(of) === 0 ? [] : null;
}

const told = (body: Body, of: CallExpression, ...statements: readonly Statement[]): void => {
  body.emit(of.at, ...statements);
};

/** Reads a pointer, and tells lockdep what should protect it. */
const protectedBy = (
  takes: string,
  tells: (body: Body, of: CallExpression) => readonly Statement[],
): Builtin<Place> => ({
  takes,
  run: (body, of) => {
    told(body, of, ...tells(body, of));
    return named.run(body, of);
  },
});

/** What is told of a condition that is an argument. */
const demanded =
  (run: (...locks: readonly LockRef[]) => Statement, which: number) =>
  (body: Body, of: CallExpression): readonly Statement[] => {
    const locks = locksIn(body, argument(body, of, which));
    return locks === null ? [] : [run(...locks)];
  };

function inSection(body: Body, of: CallExpression): readonly Statement[] {
  const { object } = callOf(body, of).asCall.object(1, srcuType);
  const locks = of.args.length > 2 ? locksIn(body, argument(body, of, 2)) : [];
  return locks === null ? [] : [srcu_dereference(object, ...locks)];
}

/** Pointers by name, and so to be assigned and to have an address. */
export const rcuPlaces: Builtins<Place> = {
  rcu_dereference: protectedBy("x", () => [rcu_dereference_check()]),
  rcu_dereference_check: protectedBy("x, condition", demanded(rcu_dereference_check, 1)),
  rcu_dereference_protected: protectedBy("x, condition", demanded(rcu_dereference_protected, 1)),
  srcu_dereference: protectedBy("x, ssp", inSection),
  srcu_dereference_check: protectedBy("x, ssp, condition", inSection),
  // Whether bottom halves or preemption are off is no matter of locks.
  rcu_dereference_bh: named,
  rcu_dereference_sched: named,
  rcu_dereference_raw: named,
};

/** Calls that are worth something. */
export const rcuValues: Builtins<Value> = {
  rcu_replace_pointer: {
    takes: "p, value, condition",
    run: (body, of) => {
      told(body, of, ...demanded(rcu_dereference_protected, 2)(body, of));
      const place = argument(body, of, 0);
      const was = body.frozen(body.value(place), place.at);
      const given = body.value(argument(body, of, 1));
      body.store(body.place(place), given, of.at, of.text);
      return was;
    },
  },
};
