/** From a member to the structure around it: include/linux/container_of.h. */
import type { Place } from "../../../types/storage.js";
import type { Body, CallExpression } from "../../context/context.js";
import type { Value } from "../../context/values.js";
import { pointed } from "../../expression/place/places.js";
import { type Builtin, type Builtins, argument, target } from "./builtin.js";

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

/** Returns what a structure stands in that is one member of one other: there is one of each in the other's pool. */
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

/** Calls that lead from a member to what it is in, and from an object to its number. */
export const containerValues: Builtins<Value> = {
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
};
