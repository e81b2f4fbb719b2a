/** Bits of words that calls use one by one. */
import { type Element, type Expr, at as elementAt, expr } from "../../../machine/index.js";
import type { Given, ObjectType } from "../../vocabulary/index.js";
import type { Body, CallExpression } from "../context/context.js";
import { number } from "../expression/value/number.js";
import { rangeOf } from "../expression/value/range.js";
import { addressed, argumentOf } from "./given.js";

/** Returns a bit by its number and the address of the word that it is in; leaving the word is a misuse. */
export function bitOf(
  body: Body,
  of: CallExpression,
  numbered: number | { readonly known: number },
  which: number,
): Element {
  const bit = typeof numbered === "number" ? numberOfBit(body, of, numbered) : expr(numbered.known);
  const place = addressed(body, of, which);
  const { storage, index } = place;
  const given = argumentOf(body, of, which);
  const { min, max } = rangeOf(bit);
  const isShort = min >= 0 && max <= mostBits - 1;
  if (storage.kind === "array" && storage.of.kind === "scalar" && storage.of.type.kind === "bool") {
    if (typeof storage.length === "number" && max >= storage.length) {
      // A word whose size nobody has said gets wider for the next time.
      if (isShort) body.shared.learned.bit(storage.key, max);
      if (bit.op === "const") {
        const last = String(storage.length - 1);
        return body.refuse(
          given.at,
          `${given.text} has bits 0 to ${last}, and not ${String(bit.value)}`,
        );
      }
      body.checkIndex(place, bit, of.at, of.text);
    }
    return elementAt(storage.of.variable, ...index, bit);
  }
  if (storage.kind !== "scalar") {
    return body.refuse(given.at, `${given.text} is no word of bits`);
  }
  if (isShort) body.shared.learned.bit(storage.key, max);
  // Asked all the same: what is learnt elsewhere of its width lets this be read again.
  else body.shared.learned.bitmaps.get(storage.key);
  return body.refuse(
    given.at,
    isShort
      ? `${given.text} is used bit by bit here`
      : `${given.text}: how many bits it has is not known; for_each_set_bit() and its kin say so, or the range of what numbers them, /* 0..3 */ behind its declaration`,
  );
}

const mostBits = 64;

/** A bit's number, which may change at run time. */
function numberOfBit(body: Body, of: CallExpression, numberAt: number): Expr {
  const given = argumentOf(body, of, numberAt);
  const value = number(body, body.frozen(body.value(given), given.at), given.at);
  if (value.op === "const" && (value.value < 0 || value.value >= mostBits)) {
    return body.refuse(given.at, "bits are numbered from 0 to 63");
  }
  return value;
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
