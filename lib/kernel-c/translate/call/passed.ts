/** What is handed over for a function that the kernel calls later: it has to be the same from then on. */
import type { PassedArgument } from "../../vocabulary/index.js";
import type { Body, Shared } from "../context/context.js";
import { type Value, literal } from "../context/values.js";

/** Returns a value as text, by which it is found again; null if it changes. */
export function passedValue(body: Body, value: Value): string | null {
  if (value.kind === "address") {
    const same = body.shared.places.same(value.place);
    return same === null ? null : `&${same.text}`;
  }
  if (value.kind === "number" && value.expr.op === "const") return String(value.expr.value);
  if (value.kind === "pointer" && value.expr.op === "const") {
    const pool = body.shared.pools.get(value.tag);
    const all = pool === undefined ? [] : body.shared.places.of(pool.storage);
    const member = value.expr.value;
    const found = all.find(({ index: [at] }) => at?.op === "const" && at.value === member);
    return found === undefined ? null : `&${found.text}`;
  }
  return null;
}

/** Returns what was handed over; NULL, if that was nothing that is known. */
function passedBack(body: { readonly shared: Pick<Shared, "places"> }, what: string | null): Value {
  if (what === null) return { kind: "null" };
  if (!what.startsWith("&")) return literal(Number(what));
  const place = body.shared.places.named(what.slice(1));
  return place === null ? { kind: "null" } : { kind: "address", place };
}

/** Returns an argument of a function that runs later, as it is handed over now. */
export function handedOver(body: Body, value: Value): PassedArgument | null {
  const what = passedValue(body, value);
  if (what !== null || value.kind === "null") return { kind: "passed", what };
  if (value.kind === "pointer") return value;
  if (value.kind !== "address" || value.place.storage.kind !== "struct") return null;
  const { storage, index } = value.place;
  const pool = body.shared.pools.get(storage.tag);
  const [member] = index;
  if (pool?.storage !== storage || member === undefined) return null;
  return { kind: "pointer", tag: storage.tag, set: pool.set, expr: member };
}

/** Returns what a function that the kernel calls is given. */
export function passedArgument(
  shared: Pick<Shared, "places" | "pools">,
  of: PassedArgument,
): Value {
  switch (of.kind) {
    case "number":
      return literal(of.value);
    case "object": {
      const place = shared.places.named(of.id);
      if (place === null) return { kind: "null" };
      if (of.member === undefined) return { kind: "address", place };
      const inside = { place, field: of.member };
      return { kind: "address", place: { ...place, text: `${place.text}.${of.member}`, inside } };
    }
    case "passed":
      return passedBack({ shared }, of.what);
    case "pointer":
      return of;
  }
}
