/** A call of the text as a row of the vocabulary sees it. */
import {
  type Element,
  type Expr,
  type Statement,
  at as elementAt,
} from "../../../machine/index.js";
import { Refused } from "../../errors/index.js";
import type { Expression } from "../../parse/ast.js";
import type { Call, Given, ObjectType } from "../../vocabulary/family.js";
import type { Place } from "../../types/storage.js";
import { type Body, type CallExpression, frameOf } from "../context/context.js";
import { currentTask } from "../expression/current-task.js";
import { number } from "../expression/number.js";
import { entryOf, headOf } from "./lists.js";
import { cpuOf, objectName } from "../expression/memory.js";
import { type Value, held } from "../context/values.js";

/** Returns the call, and how what a row returns becomes a value. */
export function callOf(
  body: Body,
  of: CallExpression,
): { readonly asCall: Call; readonly value: (returned: Expr | undefined) => Value } {
  const argument = (which: number): Expression =>
    of.args[which] ?? body.refuse(of.at, `${of.name}() lacks an argument`);
  const temporaries = new Set<Element>();

  /** The place that an argument is the address of. */
  const addressed = (which: number): Place => {
    const given = argument(which);
    const direct = unaddressed(body, given);
    if (direct !== null) {
      return body.refuse(given.at, `${of.name}() wants an address: write &${given.text}`);
    }
    const value = body.value(given);
    if (value.kind === "address") return value.place;
    return body.place({ at: given.at, text: `*${given.text}`, kind: "deref", of: given });
  };

  const asCall: Call = {
    name: of.name,
    text: of.text,
    at: of.at,
    count: of.args.length,
    argument: (which) => argument(which).text,
    emit: (...statements: readonly Statement[]) => {
      body.emit(of.at, ...statements);
    },
    object: <T>(which: number, ...types: readonly ObjectType<T>[]): Given<T> => {
      const { storage, index, text } = addressed(which);
      const wanted = types.map(({ names }) => names[0] ?? "object").join(" or ");
      if (storage.kind !== "object") {
        return body.refuse(
          argument(which).at,
          `${of.name}(): ${argument(which).text} is a ${objectName({ storage, index, text, inside: null })}${wanted === "" ? "" : `, and not a ${wanted}`}`,
        );
      }
      const found = types.length === 0 || types.some((type) => type === storage.type);
      if (!found) {
        return body.refuse(
          argument(which).at,
          `${of.name}(): ${argument(which).text} is a ${storage.type.names[0] ?? "object"}, and not a ${wanted}`,
        );
      }
      // It was made by `declare` of the type that it is asked for as.
      return { object: storage.value as T, index };
    },
    typeOf: (which) => {
      const { storage } = addressed(which);
      if (storage.kind === "object") return storage.type;
      return body.refuse(argument(which).at, `${argument(which).text} is no lock`);
    },
    value: (which) => number(body, body.value(argument(which)), argument(which).at),
    truth: (which) => body.truth(argument(which)),
    cpu: (which) => cpuOf(body, body.value(argument(which)), argument(which).at),
    constant: (which) => {
      const given = argument(which);
      const known = body.shared.constant(given);
      if (known !== null) return known;
      const value = body.value(given);
      if (value.kind === "number" && value.expr.op === "const") return value.expr.value;
      return body.refuse(given.at, `${of.name}(): ${given.text} has to be a constant`);
    },
    flags: (which) => {
      const place = body.place(argument(which));
      const element = scalar(body, place, argument(which));
      const { storage } = place;
      if (storage.kind === "scalar" && element.variable.domain.kind !== "bool") {
        body.shared.learned.flags.add(storage.key);
      }
      return element;
    },
    named: (which) => scalar(body, body.place(argument(which)), argument(which)),
    pointed: (which) => scalar(body, addressed(which), argument(which)),
    bit: (numberAt, which) => {
      const bit = asCall.constant(numberAt);
      const place = addressed(which);
      const { storage, index } = place;
      if (bit < 0 || bit > 63)
        return body.refuse(argument(numberAt).at, "bits are numbered from 0 to 63");
      if (
        storage.kind === "array" &&
        storage.of.kind === "scalar" &&
        storage.of.type.kind === "bool"
      ) {
        if (typeof storage.length === "number" && bit >= storage.length) {
          body.shared.learned.bit(storage.key, bit);
        }
        return elementAt(storage.of.variable, ...index, bit);
      }
      if (storage.kind !== "scalar") {
        return body.refuse(argument(which).at, `${argument(which).text} is no word of bits`);
      }
      body.shared.learned.bit(storage.key, bit);
      return body.refuse(argument(which).at, `${argument(which).text} is used bit by bit here`);
    },
    valueFor: (which, element) =>
      body.fitting(body.value(argument(which)), element, argument(which).at),
    current: () => currentTask(body, of.at).expr,
    pointer: (which, tag) => {
      const given = argument(which);
      const value = body.value(given);
      const pool = body.shared.pools.get(tag);
      if (value.kind === "pointer" && value.tag === tag) {
        body.checkPointer(value, given);
        return value.expr;
      }
      if (value.kind === "address" && pool?.storage === value.place.storage) {
        return value.place.index[0] ?? { op: "const", value: 0 };
      }
      body.shared.learned.pooled.add(tag);
      return body.refuse(given.at, `${given.text} is no pointer to a struct ${tag}`);
    },
    member: (pointer, tag, field) => {
      const pool = body.shared.pools.get(tag)?.storage;
      const found = pool?.kind === "struct" ? pool.fields.get(field) : undefined;
      if (found?.kind === "scalar") return elementAt(found.variable, pointer);
      return body.refuse(of.at, `struct ${tag} has no member ${field}`);
    },
    temporary: (domain) => {
      const made = body.temporary("kind" in domain ? domain : domain.like.variable.domain);
      temporaries.add(made);
      return made;
    },
    refuse: (message, which) =>
      body.refuse(which === undefined ? of.at : argument(which).at, message),
    atEndOfScope: (statements) => {
      const { scopes } = frameOf(body);
      scopes[scopes.length - 1]?.atEnd.push(...[...statements].reverse());
    },
    ifJumpedOut: (statements) => {
      const { scopes } = frameOf(body);
      scopes[scopes.length - 1]?.atJump.push(...[...statements].reverse());
    },
    functionName: (which) => {
      const value = body.value(argument(which));
      if (value.kind === "function") return value.name;
      return body.refuse(argument(which).at, `${argument(which).text} is no function`);
    },
    listEntry: (which) => entryOf(body, addressed(which), argument(which)),
    listHead: (which, member) => headOf(body, addressed(which), argument(which), member ?? null),
    cursor: (which, member) => {
      const given = argument(which);
      const element = scalar(body, body.place(given), given);
      const { domain } = element.variable;
      if (domain.kind !== "id") {
        return body.refuse(given.at, `${given.text} is no pointer to a structure`);
      }
      return { element, member: `${domain.set.name}.${argument(member).text}` };
    },
  };
  return {
    asCall,
    value: (returned) => {
      if (returned === undefined) return { kind: "void" };
      if (returned.op === "const") {
        return { kind: "number", expr: returned, sort: "literal", key: null };
      }
      if (returned.op === "read" && temporaries.has(returned)) return held(returned, null);
      return { kind: "number", expr: returned, sort: "number", key: null };
    },
  };
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

function scalar(body: Body, { storage, index, text }: Place, given: Expression): Element {
  if (storage.kind === "scalar") return elementAt(storage.variable, ...index);
  return body.refuse(
    given.at,
    `${text} is a ${objectName({ storage, index, text, inside: null })}, and no variable`,
  );
}
