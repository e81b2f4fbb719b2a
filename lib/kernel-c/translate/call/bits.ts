/** Bits of words that calls use one by one. */
import { type Element, at as elementAt } from "../../../machine/index.js";
import type { Given, ObjectType } from "../../vocabulary/index.js";
import type { Body, CallExpression } from "../context/context.js";
import { addressed, argumentOf } from "./given.js";

/** Returns a bit by its number, a constant, and the address of the word that it is in. */
export function bitOf(body: Body, of: CallExpression, numberAt: number, which: number): Element {
  const bit = bitNumber(body, of, numberAt);
  const place = addressed(body, of, which);
  const { storage, index } = place;
  const given = argumentOf(body, of, which);
  if (storage.kind === "array" && storage.of.kind === "scalar" && storage.of.type.kind === "bool") {
    if (typeof storage.length === "number" && bit >= storage.length) {
      body.shared.learned.bit(storage.key, bit);
    }
    return elementAt(storage.of.variable, ...index, bit);
  }
  if (storage.kind !== "scalar") {
    return body.refuse(given.at, `${given.text} is no word of bits`);
  }
  body.shared.learned.bit(storage.key, bit);
  return body.refuse(given.at, `${given.text} is used bit by bit here`);
}

/** Returns the word one of whose bits is a lock. */
export function bitLock<T>(
  body: Body,
  of: CallExpression,
  numberAt: number,
  which: number,
  type: ObjectType<T>,
): Given<T> & { readonly bit: number } {
  const bit = bitNumber(body, of, numberAt);
  const { storage, index } = addressed(body, of, which);
  const given = argumentOf(body, of, which);
  const { lockWords } = body.shared.learned;
  const learnt = (key: string): void => {
    if (bit >= (lockWords.known(key) ?? 0)) lockWords.widen(key, bit + 1);
  };
  if (storage.kind === "object" && storage.type === type) {
    learnt(storage.key);
    // It was made by `declare` of the type that it is asked for as.
    return { object: storage.value as T, index, id: storage.name, bit };
  }
  if (storage.kind === "array" && storage.of.kind === "scalar" && storage.of.type.kind === "bool") {
    return body.refuse(
      given.at,
      `the bits of ${given.text} are flags elsewhere: a bit lock needs a word of its own`,
    );
  }
  if (storage.kind !== "scalar") return body.refuse(given.at, `${given.text} is no word of bits`);
  learnt(storage.key);
  return body.refuse(given.at, `${given.text} has a bit that is a lock`);
}

function bitNumber(body: Body, of: CallExpression, numberAt: number): number {
  const given = argumentOf(body, of, numberAt);
  const value = body.value(given);
  if (value.kind !== "number" || value.expr.op !== "const") {
    return body.refuse(given.at, `${of.name}(): ${given.text} has to be a constant`);
  }
  const bit = value.expr.value;
  if (bit >= 0 && bit <= 63) return bit;
  return body.refuse(given.at, "bits are numbered from 0 to 63");
}
