/** What is handed over for a function that the kernel calls later: it has to be the same from then on. */
import type { Body } from "../context/context.js";
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
export function passedBack(body: Pick<Body, "shared">, what: string | null): Value {
  if (what === null) return { kind: "null" };
  if (!what.startsWith("&")) return literal(Number(what));
  const place = body.shared.places.named(what.slice(1));
  return place === null ? { kind: "null" } : { kind: "address", place };
}
