/** What the arguments of a call are to a row of the vocabulary: objects, scalars, bits. */
import { CPU, type Element, at as elementAt } from "../../../machine/index.js";
import { Refused } from "../../errors/index.js";
import type { Expression } from "../../parse/ast.js";
import { Instances } from "../../types/instances.js";
import type { Place } from "../../types/storage.js";
import type { Given, ObjectType } from "../../vocabulary/row/index.js";
import { type Body, type CallExpression, frameOf } from "../context/context.js";
import type { Value } from "../context/values.js";
import { type Choice, onePlace } from "../expression/place/choices.js";
import { isHandlePlace } from "../expression/handles.js";
import { objectName } from "../expression/place/memory.js";
import { pointed } from "../expression/place/places.js";
import { Cases } from "./cases.js";
import { lookUp } from "../expression/place/names.js";

/** Returns an argument of a call by its number. */
export function argumentOf(body: Body, of: CallExpression, which: number): Expression {
  return of.args[which] ?? body.refuse(of.at, `${of.name}() lacks an argument`);
}

/** Returns the place that an argument is the address of. */
export function addressed(body: Body, of: CallExpression, which: number): Place {
  const given = argumentOf(body, of, which);
  const direct = unaddressed(body, given);
  if (direct !== null) {
    if (isHandlePlace(direct)) return direct;
    return body.refuse(given.at, `${of.name}() wants an address: write &${given.text}`);
  }
  const pinned = body.pinned(given);
  if (pinned?.kind === "address") return pinned.place;
  const found: Value[] = [];
  const steps = body.collect(() => found.push(body.value(given)));
  const [value] = found;
  if (value?.kind === "choice" && onePlace(value) === null) throw new Cases(which, value, steps);
  body.emit(given.at, ...steps);
  if (value?.kind === "address") return value.place;
  if (value !== undefined) return pointed(body, value, given, given.at);
  return body.place({ at: given.at, text: `*${given.text}`, kind: "deref", of: given });
}

/** Returns the object that an argument is the address of. */
export function objectOf<T>(
  body: Body,
  of: CallExpression,
  which: number,
  types: readonly ObjectType<T>[],
): Given<T> {
  const found: Place[] = [];
  const steps = body.collect(() => found.push(addressed(body, of, which)));
  const [place] = found;
  if (place === undefined) return body.refuse(of.at, `${of.name}() lacks an object`);
  const several = oneOfSeveral(body, place);
  if (several !== null) throw new Cases(which, several, steps);
  body.emit(argumentOf(body, of, which).at, ...steps);
  return objectAt(body, of, which, types, place);
}

/** Returns what the machine has one by one, in an array or a pool: which it is, is known at run time. Null of all else. */
function oneOfSeveral(body: Body, { storage, index }: Place): Choice | null {
  const [at] = index;
  if (storage.kind !== "object" || !(storage.value instanceof Instances)) return null;
  if (at === undefined || at.op === "const" || index.length > 1) return null;
  const options = body.shared.places.of(storage).flatMap((place) => {
    const [one] = place.index;
    return one?.op === "const"
      ? [{ number: one.value, value: { kind: "address", place } as const }]
      : [];
  });
  return options.length === 0 ? null : { kind: "choice", expr: at, options };
}

/** Returns the object that an argument names. */
export function objectNamed<T>(
  body: Body,
  of: CallExpression,
  which: number,
  types: readonly ObjectType<T>[],
): Given<T> {
  return objectAt(body, of, which, types, body.place(argumentOf(body, of, which)));
}

/** Returns what all CPUs have one of each, by its address without a CPU. */
export function objectOfCpus<T>(
  body: Body,
  of: CallExpression,
  which: number,
  type: ObjectType<T>,
): T {
  const { storage } = addressed(body, of, which);
  const inner = storage.kind === "array" && storage.length === CPU ? storage.of : null;
  // It was made by `declare` of the type that it is asked for as.
  if (inner?.kind === "object" && inner.type === type) return inner.value as T;
  const given = argumentOf(body, of, which);
  const name = type.names[0] ?? "object";
  return body.refuse(
    given.at,
    `${of.name}(): ${given.text} is no ${name} of each CPU: DEFINE_PER_CPU(${name}, name) makes one`,
  );
}

/** Returns what a number is known by: itself, or the name of the variable that holds it. */
export function identityOf(body: Body, of: CallExpression, which: number): string {
  const given = argumentOf(body, of, which);
  const known = body.shared.constant(given);
  if (known !== null) return String(known);
  const found: Place[] = [];
  body.collect(() => {
    if (given.kind === "name" || given.kind === "member" || given.kind === "index") {
      const binding = given.kind === "name" ? lookUp(body, given.name) : null;
      if (binding?.kind !== "alias") found.push(body.place(given));
    }
  });
  const [place] = found;
  const same = place === undefined ? null : body.shared.places.same(place);
  if (same !== null) return same.text;
  const value = body.value(given);
  if (value.kind === "number" && value.expr.op === "const") return String(value.expr.value);
  return body.refuse(
    given.at,
    `${of.name}(): ${given.text} has to be a constant, or a variable of the file`,
  );
}

function objectAt<T>(
  body: Body,
  of: CallExpression,
  which: number,
  types: readonly ObjectType<T>[],
  place: Place,
): Given<T> {
  const { storage, index } = place;
  const given = argumentOf(body, of, which);
  const wanted = types.map(({ names }) => names[0] ?? "object").join(" or ");
  const refused = (is: string): never =>
    body.refuse(
      given.at,
      `${of.name}(): ${given.text} is a ${is}${wanted === "" ? "" : `, and not a ${wanted}`}`,
    );
  if (storage.kind !== "object") return refused(objectName(place));
  const found = types.length === 0 || types.some((type) => type === storage.type);
  if (!found) return refused(storage.type.names[0] ?? "object");
  // It was made by `declare` of the type that it is asked for as.
  if (!(storage.value instanceof Instances)) {
    return { object: storage.value as T, index, id: storage.name };
  }
  const same = body.shared.places.same(place);
  if (same === null) {
    return body.refuse(
      given.at,
      `${of.name}(): which ${storage.type.names[0] ?? "object"} ${given.text} is has to be known: write if () for each`,
    );
  }
  const numbers = index.flatMap((at) => (at.op === "const" ? [at.value] : []));
  return { object: storage.value.at(numbers, same.text) as T, index: [], id: same.text };
}

/** Returns the variable that an argument names. */
export function scalarOf(body: Body, { storage, index, text }: Place, given: Expression): Element {
  if (storage.kind === "scalar") return elementAt(storage.variable, ...index);
  return body.refuse(
    given.at,
    `${text} is a ${objectName({ storage, index, text, inside: null })}, and no variable`,
  );
}

/** Whether an argument is an object itself, where its address was meant; null if not. */
function unaddressed(body: Body, given: Expression): Place | null {
  if (given.kind !== "name" && given.kind !== "member" && given.kind !== "index") return null;
  if (given.kind === "name") {
    const { scopes } = frameOf(body);
    const local = [...scopes].reverse().find(({ names }) => names.has(given.name));
    const binding = local?.names.get(given.name);
    const place =
      binding === undefined
        ? body.shared.globals.get(given.name)
        : binding.kind === "place"
          ? binding.place
          : undefined;
    return place !== undefined && isObject(place) ? place : null;
  }
  const found: Place[] = [];
  // What is read on the way is read again where it is used.
  body.collect(() => {
    try {
      found.push(body.place(given));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  });
  return found.find(isObject) ?? null;
}

const isObject = ({ storage }: Place): boolean =>
  storage.kind === "object" || storage.kind === "link";
