/**
 * Reads and writes. Each access to shared memory is one step; what a process has for itself is read and
 * written in no time.
 */
import {
  CPU,
  type Dimension,
  type Element,
  type Expr,
  type IdSet,
  NONE,
  at,
  cond,
  eq,
  expr,
  idOrNone,
  not,
  set,
} from "../../../../machine/index.js";
import type { Span } from "../../../errors/index.js";
import { type CType, isChosen, printType } from "../../../types/ctype.js";
import type { Place, Storage } from "../../../types/storage.js";
import type { Body } from "../../context/context.js";
import { chosen, chosenNumber } from "./choices.js";
import { type Value, held, memberOf, numberOf, truthOf, truthValue } from "../../context/values.js";

/** Returns what stands at a place, read in a step if others can see it. */
export function load(body: Body, place: Place, where: Span): Value {
  const { storage } = place;
  switch (storage.kind) {
    case "scalar": {
      const element = at(storage.variable, ...place.index);
      if (isChosen(storage.type)) return loadPointer(body, storage, element, place.text, where);
      const tag = structPointed(storage.type);
      if (body.inOneStep() || isOwn(body, element)) return held(element, storage.key, tag);
      const copy = body.temporary(copyDomain(element));
      body.emit(where, set(copy, element, `read ${place.text}`));
      return held(copy, storage.key, tag);
    }
    case "array":
      return { kind: "address", place: elementOf(body, place, expr(0), where, `${place.text}[0]`) };
    case "struct":
      return body.refuse(where, `${place.text} is a structure: copy its members one by one`);
    case "object":
    case "link":
      if (storage.kind === "object" && storage.type.handle === true) {
        return { kind: "address", place };
      }
      if (storage.kind === "link" && storage.isPointer) {
        return truthValue(not(body.isEmpty(place, where)));
      }
      return body.refuse(
        where,
        `${place.text} is a ${objectName(place)}: only the calls that are made for it use it`,
      );
  }
}

/** Returns what a pointer leads to that is kept by number, read in a step if others can see it. */
function loadPointer(
  body: Body,
  { key }: Storage & { readonly kind: "scalar" },
  element: Element,
  text: string,
  where: Span,
): Value {
  const value = chosen(body, key, element);
  if (value.kind !== "choice" || body.inOneStep() || isOwn(body, element)) return value;
  const copy = body.temporary(copyDomain(element));
  body.emit(where, set(copy, element, `read ${text}`));
  return { ...value, expr: copy };
}

/** Stores a value at a place, in a step if others can see it. */
export function store(body: Body, place: Place, value: Value, where: Span, label: string): void {
  const { storage } = place;
  if (storage.kind !== "scalar") {
    const what = storage.kind === "struct" ? "a structure" : `a ${objectName(place)}`;
    return body.refuse(where, `${place.text} is ${what}, and is not assigned as a whole`);
  }
  const element = at(storage.variable, ...place.index);
  if (isChosen(storage.type)) {
    body.shared.learned.assignedPointers.add(storage.key);
    body.emit(where, set(element, chosenNumber(body, storage.key, value, where), label));
    return;
  }
  learnCpu(body, value, element, storage.key);
  body.emit(where, set(element, fitting(body, value, element, where), label));
}

/** Returns whether only the process that runs the body uses a variable. */
export const isOwn = (body: Body, { variable }: Element): boolean =>
  body.owner.temporaries.some((of) => of.variable === variable) ||
  [...body.owner.locals.values()].some((of) => of.kind === "scalar" && of.variable === variable);

/** Returns the element of an array with a number. */
export function elementOf(
  body: Body,
  { storage, index }: Place,
  number: Expr,
  where: Span,
  text: string,
): Place {
  if (storage.kind !== "array") return body.refuse(where, `${text}: that is no array`);
  const { pooled, of, length } = storage;
  if (number.op === "const" && typeof length === "number") {
    if (number.value < 0 || number.value >= length) {
      const last = String(length - 1);
      return body.refuse(
        where,
        `${text}: there are elements 0 to ${last}, and not ${String(number.value)}`,
      );
    }
  }
  if (pooled !== null) {
    const { first, pool } = pooled;
    const size = body.shared.sizes.get(pool.set.name) ?? 0;
    const shifted = number.op === "const" ? expr(number.value + first) : shift(number, first, size);
    return { storage: pool.storage, index: [shifted], text, inside: null };
  }
  return { storage: of, index: [...index, asMember(body, length, number)], text, inside: null };
}

/** The member of a set with a number, where an array is for the members of a set. */
function asMember(body: Body, length: Dimension, number: Expr): Expr {
  if (typeof length === "number" || length === CPU || !isArithmetic(number)) return number;
  return memberOf(number, body.shared.sizes.get(length.name) ?? 0);
}

/** Whether an expression is a number, and no member of a set. */
function isArithmetic(of: Expr): boolean {
  switch (of.op) {
    case "read":
      return of.variable.domain.kind === "int";
    case "if":
      return isArithmetic(of.then);
    case "binary":
      return true;
    default:
      return false;
  }
}

function shift(number: Expr, first: number, size: number): Expr {
  let made: Expr = expr(NONE);
  for (let member = size - 1; member >= first; member--) {
    made = {
      op: "if",
      test: { op: "binary", by: "==", left: number, right: expr(member - first) },
      then: expr(member),
      else: made,
    };
  }
  return made;
}

/** Returns a value as an element holds it: a truth value, a number, a CPU or a pointer. */
export function fitting(body: Body, value: Value, element: Element, where: Span): Expr {
  const { domain } = element.variable;
  const { cpus } = body.shared;
  if (value.kind === "void") return body.refuse(where, "this has no value");
  switch (domain.kind) {
    case "bool":
      return truthOf(value, cpus) ?? expr(false);
    case "int":
    case "process":
      if (value.kind === "number") {
        return value.sort === "cpu" ? numberOf(value.expr, cpus) : value.expr;
      }
      if (value.kind === "null") return expr(0);
      return body.refuse(where, "a pointer is no number here");
    case "id":
      if (domain.set === CPU) return cpuOf(body, value, where);
      return memberFor(body, value, domain.set, where);
  }
}

/** Returns a value as the number of a CPU, as it can be compared and used as an index. */
export function cpuOf(body: Body, value: Value, where: Span): Expr {
  if (value.kind !== "number") return body.refuse(where, "the number of a CPU is wanted here");
  if (value.sort === "cpu") return value.expr;
  if (value.expr.op === "const") {
    const { cpus } = body.shared;
    if (value.expr.value < cpus) return value.expr.value < 0 ? expr(NONE) : value.expr;
    return body.refuse(
      where,
      `there is no CPU ${String(value.expr.value)}: there are ${String(cpus)}, counted from 0; "lab: cpus N" in a comment says how many`,
    );
  }
  if (value.key !== null) body.shared.learned.cpus.add(value.key);
  return memberOf(value.expr, body.shared.cpus);
}

/** Returns a pointer as the number of an object in a set: that of the pool of its structure. */
function memberFor(body: Body, value: Value, set_: IdSet, where: Span): Expr {
  const tag = set_.name;
  switch (value.kind) {
    case "null":
      return expr(NONE);
    case "pointer":
      if (value.set.name === tag) return value.expr;
      return body.refuse(where, `this points to a struct ${value.tag}, and not to a struct ${tag}`);
    case "address":
      return poolMember(body, value.place, set_, where);
    case "number":
      if (value.expr.op === "const" && value.expr.value === 0) return expr(NONE);
      return body.refuse(where, `a pointer to a struct ${tag} is wanted, not a number`);
    case "choice":
      return value.options.reduce<Expr>(
        (rest, { number, value: one }) =>
          cond(eq(value.expr, number), memberFor(body, one, set_, where), rest),
        expr(NONE),
      );
    case "function":
    case "void":
      return body.refuse(where, `a pointer to a struct ${tag} is wanted`);
  }
}

function poolMember(body: Body, { storage, index, text }: Place, of: IdSet, where: Span): Expr {
  if (storage.kind !== "struct") return body.refuse(where, `${text} is no struct ${of.name}`);
  const pool = body.shared.pools.get(storage.tag);
  if (pool?.storage === storage && pool.set.name === of.name) return index[0] ?? expr(NONE);
  if (storage.tag !== of.name && !body.shared.embedded.has(storage.tag)) {
    return body.refuse(where, `${text} is no struct ${of.name}`);
  }
  // It becomes one of a pool the next time round; what cannot be in one is a part of something else.
  body.shared.learned.pooled.add(storage.tag);
  if (pool !== undefined) {
    const words: readonly string[] = text.match(/\w+/g) ?? [];
    const perCpu = body.shared.unit.variables.find((of) => of.perCpu && words.includes(of.name));
    return body.refuse(
      where,
      perCpu !== undefined
        ? `${text} is in an array of each CPU: pointers that change at run time lead to one object of each, DEFINE_PER_CPU(struct ${storage.tag}, ${perCpu.name}), or to elements of an array, static struct ${storage.tag} ${perCpu.name}[N]`
        : `${text} is a part of something else: pointers that change at run time lead to whole objects, declared at the top of the file`,
    );
  }
  return expr(NONE);
}

/** Notes that an integer holds CPUs, if one is stored there. */
export function learnCpu(body: Body, value: Value, element: Element, key: string): void {
  if (value.kind !== "number") return;
  const { domain } = element.variable;
  const isCpu = domain.kind === "id" && domain.set === CPU;
  if (value.sort === "cpu" && domain.kind === "int") body.shared.learned.cpus.add(key);
  if (isCpu && value.sort === "number" && value.key !== null) {
    body.shared.learned.cpus.add(value.key);
  }
}

const copyDomain = ({ variable: { domain } }: Element) =>
  domain.kind === "id" ? idOrNone(domain.set) : domain;

/** Returns the name of the type of an object of the vocabulary. */
export function objectName({ storage }: Place): string {
  switch (storage.kind) {
    case "object":
      return storage.type.names[0] ?? "object";
    case "link":
      return "struct list_head";
    case "scalar":
      return printType(storage.type);
    case "struct":
      return `struct ${storage.tag}`;
    case "array":
      return "array";
  }
}

/** Returns whether a type is a pointer to a structure. */
export const structPointed = (of: CType): string | null =>
  of.kind === "pointer" && of.to.kind === "struct" ? of.to.tag : null;
