/** What calls anywhere in a file said about its objects, and what the kernel calls because of that. */
import type { Expr, Statement } from "../../machine/index.js";
import type { Span } from "../errors/index.js";
import { Instances } from "../types/instances.js";
import type { Place } from "../types/storage.js";
import type { Given, Instance, ObjectType, PassedArgument, World } from "../vocabulary/index.js";
import { passedArgument } from "./call/passed.js";
import type { Owner, Shared } from "./context/context.js";
import { bodyOf, newOwner, onEachCpu } from "./owner.js";

/** What is needed of a translation. */
export interface WorldWith {
  /** All that the translation shares, once it is there. */
  readonly shared: () => Shared;
  /** The functions that objects are given where they are declared, by name and index. */
  readonly given: ReadonlyMap<string, string>;
  /** The names of the threads, by the numbers of their tasks. */
  readonly tasks: readonly string[];
  /** Notes who runs a function that the kernel calls. */
  readonly callee: (owner: Owner) => void;
}

/** Returns what is known of a whole file. */
export function worldOf({ shared, given, callee, tasks }: WorldWith, cpus: number): World {
  const onces = new Map<string, unknown>();
  let calls = 0;
  const placesOf = (type: ObjectType<unknown>): readonly Place[] =>
    [...shared().places.all.values()].filter(
      ({ storage }) => storage.kind === "object" && storage.type === type,
    );
  const functionOf = (id: string, member?: string): string | null => {
    const [noted] = shared().learned.noted.of("function", id);
    if (noted !== undefined && member === undefined) return noted;
    const place = shared().places.named(id);
    if (place?.storage.kind !== "object") return null;
    const index = place.index.map((at) => (at.op === "const" ? at.value : ""));
    const of = `${place.storage.name}@${index.join()}`;
    return given.get(member === undefined ? of : `${of}.${member}`) ?? null;
  };
  return {
    cpus,
    tasks,
    elements: <T>(type: ObjectType<T>): readonly Given<T>[] =>
      placesOf(type).flatMap(({ storage, index, text }) =>
        // It was made by `declare` of the type that it is asked for as.
        storage.kind === "object" ? [{ object: storage.value as T, index, id: text }] : [],
      ),
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
    body: (name, args, on, then) => {
      calls += 1;
      return called(shared(), String(calls), name, args, on, callee, then);
    },
  };
}

/** The body of a function that the kernel calls: as many of its arguments as it takes. */
function called(
  shared: Shared,
  number: string,
  name: string,
  args: readonly PassedArgument[],
  on: Expr | "its queue" | undefined,
  callee: (owner: Owner) => void,
  then: ((returned: Expr) => readonly Statement[]) | undefined,
): readonly Statement[] {
  const found = shared.unit.functions.get(name);
  if (found === undefined) return [];
  const owned = `${name}()${number === "1" ? "" : number}`;
  const owner =
    on === undefined || on === "its queue"
      ? { ...newOwner(owned, null), isWorker: on !== undefined }
      : onEachCpu(owned, on);
  callee(owner);
  const at: Span = found.at;
  const given = args.slice(0, found.parameters.length);
  return bodyOf(
    shared,
    owner,
    found,
    at,
    () => given.map((arg) => passedArgument(shared, arg)),
    then,
  );
}
