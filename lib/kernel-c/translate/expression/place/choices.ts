/** Pointers that lead to one of several things at run time: kept as numbers of what they may lead to. */
import { type Expr, NONE, and, cond, eq, expr, or } from "../../../../machine/index.js";
import type { Span } from "../../../errors/index.js";
import type { Place } from "../../../types/storage.js";
import type { Body } from "../../context/context.js";
import type { Option, Value } from "../../context/values.js";

export type Choice = Value & { readonly kind: "choice" };

/** Returns what a pointer that is kept in an element leads to; what it leads to at first, if nobody assigns it. */
export function chosen(body: Body, key: string, element: Expr & { readonly op: "read" }): Value {
  const options = optionsOf(body, key);
  const { init } = element.variable;
  const index = element.index.flatMap((of) => (of.op === "const" ? [of.value] : []));
  const isKnown = index.length === element.index.length;
  if (isKnown && !body.shared.learned.assignedPointers.has(key)) {
    const first = typeof init === "number" ? init : init(...index);
    return options.find(({ number }) => number === first)?.value ?? { kind: "null" };
  }
  return { kind: "choice", expr: element, options };
}

/** Returns what a pointer may lead to, as far as is known. */
function optionsOf(body: Body, key: string): readonly Option[] {
  return body.shared.learned.targetsOf(key).flatMap((thing, number): readonly Option[] => {
    // Of a string nobody asks but whether it is there.
    if (thing.startsWith('"')) return [];
    if (!thing.startsWith("&")) return [{ number, value: { kind: "function", name: thing } }];
    const place = body.shared.places.named(thing.slice(1));
    return place === null ? [] : [{ number, value: { kind: "address", place } }];
  });
}

/** Returns a value as a pointer is kept: the number of what it leads to. */
export function chosenNumber(body: Body, key: string, value: Value, where: Span): Expr {
  const { learned, places } = body.shared;
  switch (value.kind) {
    case "null":
      return expr(NONE);
    case "function":
      return expr(learned.target(key, value.name));
    case "choice":
      return value.options.reduce<Expr>(
        (rest, option) =>
          cond(eq(value.expr, option.number), chosenNumber(body, key, option.value, where), rest),
        expr(NONE),
      );
    case "address": {
      const { place } = value;
      const same = places.same(place);
      if (same !== null) return expr(learned.target(key, `&${same.text}`));
      const all = places.of(place.storage);
      if (all.length === 0) {
        return body.refuse(
          where,
          `the address of ${place.text} cannot be kept: only that of what is declared at the top of the file`,
        );
      }
      return all.reduce<Expr>(
        (rest, one) => cond(isIndex(place, one), expr(learned.target(key, `&${one.text}`)), rest),
        expr(NONE),
      );
    }
    case "number":
      if (value.expr.op === "const" && value.expr.value === 0) return expr(NONE);
      if (value.sort === "literal") return expr(learned.target(key, '"'));
      return body.refuse(where, "an address is wanted, and not a number");
    case "pointer":
    case "void":
      return body.refuse(where, "an address is wanted here");
  }
}

const isIndex = (a: Place, b: Place): Expr =>
  and(...a.index.map((of, k) => eq(of, b.index[k] ?? of)));

/** Returns the place that a pointer leads to, if all that it may lead to are elements of one thing; null if not. */
export function onePlace({ expr: which, options }: Choice): Place | null {
  const places = options.flatMap(({ value }) => (value.kind === "address" ? [value.place] : []));
  const [first] = places;
  if (first === undefined || places.length < options.length) return null;
  if (places.some(({ storage }) => storage !== first.storage)) return null;
  const index = first.index.map((of, k) =>
    options.reduce<Expr>((rest, { number, value }) => {
      const at = value.kind === "address" ? value.place.index[k] : undefined;
      return cond(eq(which, number), at ?? rest, rest);
    }, of),
  );
  return { ...first, index };
}

/** Returns whether a pointer leads to a thing. */
export function leadsTo(body: Body, { expr: which, options }: Choice, thing: Value): Expr {
  const { places } = body.shared;
  const matching = options.filter(({ value }) => {
    if (value.kind === "function") return thing.kind === "function" && thing.name === value.name;
    if (thing.kind !== "address") return false;
    return places.same(thing.place)?.text === places.same(value.place)?.text;
  });
  return or(...matching.map(({ number }) => eq(which, number)));
}

/** Returns several values as one, each with its number: what `a ? &x : &y` may be. */
export function optionsAmong(values: readonly Value[]): readonly Option[] {
  const things = values.flatMap((value) =>
    value.kind === "choice" ? value.options.map((of) => of.value) : [value],
  );
  return things.flatMap((value, number): readonly Option[] =>
    value.kind === "address" || value.kind === "function" ? [{ number, value }] : [],
  );
}

/** Returns the element of an option's number, for a temporary. */
export const numberDomain = (options: readonly Option[]) =>
  ({ kind: "int", min: NONE, max: Math.max(0, ...options.map(({ number }) => number)) }) as const;
