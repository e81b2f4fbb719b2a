/** What calls anywhere in a file said about its objects, and what the kernel calls because of that. */
import type { Statement } from "../../machine/index.js";
import type { Span } from "../errors/index.js";
import { Instances } from "../types/instances.js";
import type { Place } from "../types/storage.js";
import type { Instance, ObjectType, PassedArgument, World } from "../vocabulary/index.js";
import { passedBack } from "./call/passed.js";
import type { Owner, Shared } from "./context/context.js";
import type { Value } from "./context/values.js";
import { bodyOf, newOwner } from "./owner.js";

/** What is needed of a translation. */
export interface WorldWith {
  /** All that the translation shares, once it is there. */
  readonly shared: () => Shared;
  /** The functions that objects are given where they are declared, by name and index. */
  readonly given: ReadonlyMap<string, string>;
  /** Notes who runs a function that the kernel calls. */
  readonly callee: (owner: Owner) => void;
}

/** Returns what is known of a whole file. */
export function worldOf({ shared, given, callee }: WorldWith, cpus: number): World {
  const onces = new Map<string, unknown>();
  let calls = 0;
  const placesOf = (type: ObjectType<unknown>): readonly Place[] =>
    [...shared().places.all.values()].filter(
      ({ storage }) => storage.kind === "object" && storage.type === type,
    );
  const functionOf = (id: string): string | null => {
    const [noted] = shared().learned.noted.of("function", id);
    if (noted !== undefined) return noted;
    const place = shared().places.named(id);
    if (place?.storage.kind !== "object") return null;
    const index = place.index.map((at) => (at.op === "const" ? at.value : ""));
    return given.get(`${place.storage.name}@${index.join()}`) ?? null;
  };
  return {
    cpus,
    instances: <T>(type: ObjectType<T>): readonly Instance<T>[] =>
      placesOf(type).flatMap(({ storage, index, text }) => {
        if (storage.kind !== "object" || !(storage.value instanceof Instances)) return [];
        const numbers = index.flatMap((at) => (at.op === "const" ? [at.value] : []));
        // It was made by `declare` of the type that it is asked for as.
        return [{ id: text, object: storage.value.at(numbers, text) as T }];
      }),
    declared: <T>(name: RegExp, type: ObjectType<T>): T | null => {
      const found = placesOf(type).find(({ text, index }) => index.length === 0 && name.test(text));
      // It was made by `declare` of the type that it is asked for as.
      return found?.storage.kind === "object" ? (found.storage.value as T) : null;
    },
    note: (relation, of, is) => {
      shared().learned.noted.note(relation, of, is);
    },
    noted: (relation, of) => shared().learned.noted.of(relation, of),
    all: (relation) => shared().learned.noted.all(relation),
    once: <T>(type: ObjectType<T>, id: string, make: () => T): T => {
      const key = `${type.names[0] ?? ""} ${id}`;
      if (!onces.has(key)) onces.set(key, make());
      return onces.get(key) as T;
    },
    functionOf,
    body: (name, args) => {
      calls += 1;
      return called(shared(), `${name}()`, String(calls), name, args, callee);
    },
  };
}

/** The body of a function that the kernel calls: as many of its arguments as it takes. */
function called(
  shared: Shared,
  owned: string,
  number: string,
  name: string,
  args: readonly PassedArgument[],
  callee: (owner: Owner) => void,
): readonly Statement[] {
  const found = shared.unit.functions.get(name);
  if (found === undefined) return [];
  const owner = newOwner(`${owned}${number === "1" ? "" : number}`, null);
  callee(owner);
  const at: Span = found.at;
  return bodyOf(shared, owner, found, at, () =>
    args.slice(0, found.parameters.length).map((arg) => argument(shared, arg)),
  );
}

function argument(shared: Shared, of: PassedArgument): Value {
  switch (of.kind) {
    case "number":
      return { kind: "number", expr: { op: "const", value: of.value }, sort: "literal", key: null };
    case "object": {
      const place = shared.places.named(of.id);
      if (place === null) return { kind: "null" };
      if (of.member === undefined) return { kind: "address", place };
      const inside = { place, field: of.member };
      return { kind: "address", place: { ...place, text: `${place.text}.${of.member}`, inside } };
    }
    case "passed":
      return passedBack({ shared }, of.what);
  }
}
