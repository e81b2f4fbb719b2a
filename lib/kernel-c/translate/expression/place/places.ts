/** Places: what can be assigned, or whose address is taken. */
import { CPU } from "../../../../machine/index.js";
import type { Expression } from "../../../parse/ast.js";
import { nearest } from "../../../../primitives/named.js";
import type { Place } from "../../../types/storage.js";
import type { Span } from "../../../errors/index.js";
import type { Body } from "../../context/context.js";
import { checkNotNull } from "./checked.js";
import { onePlace } from "./choices.js";
import { number } from "../value/number.js";
import { unknownName } from "./names.js";
import { substituteArguments } from "../macro/macros.js";
import { cpuOf, elementOf } from "./memory.js";
import { lookUp } from "./names.js";
import type { Value } from "../../context/values.js";

/** Returns the place that an expression names; indices and pointers on the way are read before. */
export function placeOf(body: Body, of: Expression): Place {
  switch (of.kind) {
    case "name": {
      const binding = lookUp(body, of.name);
      if (binding?.kind === "place") return binding.place;
      const macro = body.shared.unit.macros.get(of.name);
      if (binding === null && macro?.parameters === null) {
        const text = body.shared.macroBody(macro);
        if (text?.kind === "expression") return body.place(text.of);
      }
      if (binding === null) return body.refuse(of.at, unknownName(body, of.name));
      if (binding.value === null) return body.refuse(of.at, `${of.name} has no value yet`);
      return body.refuse(
        of.at,
        `${of.name} stands for one address here and has none itself: write ${of.name} instead of &${of.name}`,
      );
    }
    case "deref":
      return pointed(body, body.value(of.of), of.of, of.at);
    case "member": {
      const base = of.arrow ? pointed(body, body.value(of.of), of.of, of.at) : body.place(of.of);
      return memberOfPlace(body, base, of.field, of);
    }
    case "index": {
      const base = arrayOf(body, of.of);
      const { storage } = base;
      const text = `${base.text}[${of.index.text}]`;
      const value = body.value(of.index);
      if (value.kind === "pointer" && storage.kind === "array" && storage.length === value.set) {
        return elementOf(body, base, value.expr, of.at, text);
      }
      if (storage.kind === "array" && storage.length === CPU) {
        return elementOf(body, base, cpuOf(body, value, of.index.at), of.at, text);
      }
      const index = number(body, value, of.index.at);
      body.checkIndex(base, index, of.at, text);
      return elementOf(body, base, index, of.at, text);
    }
    case "cast":
      return body.place(of.of);
    case "call": {
      const place = body.placeCall(of);
      if (place !== null) return place;
      const macro = body.shared.unit.macros.get(of.name);
      const text = macro === undefined ? null : body.shared.macroBody(macro);
      if (macro?.parameters != null && text?.kind === "expression") {
        const args = new Map(
          macro.parameters.flatMap((name, k) => {
            const arg = of.args[k];
            return arg === undefined ? [] : [[name, arg] as const];
          }),
        );
        const made = substituteArguments(text, args);
        if (made.kind === "expression") return body.usedAt(of.at, () => body.place(made.of));
      }
      return body.refuse(of.at, `${of.text} is a value: it has no place that could be assigned`);
    }
    default:
      return body.refuse(of.at, `${of.text} is a value: it has no place that could be assigned`);
  }
}

/** Returns the place that a pointer leads to. */
export function pointed(body: Body, value: Value, of: Expression, at: Span): Place {
  switch (value.kind) {
    case "address":
      return value.place;
    case "pointer": {
      const pool = body.shared.pools.get(value.tag);
      if (pool === undefined) return body.refuse(at, `${of.text} points to nothing that is known`);
      body.checkPointer(value, of);
      return { storage: pool.storage, index: [value.expr], text: `*${of.text}`, inside: null };
    }
    case "choice": {
      const place = onePlace(value);
      if (place !== null) {
        checkNotNull(body, value.expr, of);
        return { ...place, text: `*${of.text}` };
      }
      return body.refuse(
        at,
        `${of.text} may lead to several things: write if () for each, or put them into one array`,
      );
    }
    case "null":
      return body.refuse(at, `${of.text} is NULL here`);
    case "number":
    case "function":
    case "void":
      return body.refuse(at, `${of.text} is no pointer`);
  }
}

/** Returns a member of a structure. */
function memberOfPlace(
  body: Body,
  base: Place,
  field: string,
  of: Expression & { readonly kind: "member" },
): Place {
  const { storage, index } = base;
  // What lockdep knows of a lock is the lock, to the calls that take its map.
  if (storage.kind === "object" && field === "dep_map") return base;
  // A member of what is per CPU is per CPU itself: `this_cpu_inc(stats.count)`, `local_lock(&pcp.lock)`.
  if (storage.kind === "array" && storage.length === CPU && storage.of.kind === "struct") {
    const inner = storage.of.fields.get(field);
    if (inner !== undefined) {
      return { storage: { ...storage, of: inner }, index, text: of.text, inside: null };
    }
  }
  if (storage.kind === "object" && (field === "work" || field === "timer")) {
    // What a structure of the vocabulary has inside is the thing itself: `&dwork->work`.
    return { storage, index, text: of.text, inside: { place: base, field } };
  }
  if (storage.kind === "array" || storage.kind !== "struct") {
    return body.refuse(of.at, `${of.of.text} is no structure, so it has no member ${field}`);
  }
  const found = storage.fields.get(field);
  if (found === undefined) {
    const [near] = nearest(field, [...storage.fields.keys()]);
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    return body.refuse(of.at, `struct ${storage.tag} has no member ${field}${hint}`);
  }
  return { storage: found, index, text: of.text, inside: { place: base, field } };
}

/** Returns an array by its name, or through a pointer to its first element. */
function arrayOf(body: Body, of: Expression): Place {
  if (of.kind === "name") {
    const binding = lookUp(body, of.name);
    if (binding?.kind === "alias" && binding.value?.kind === "address") {
      return binding.value.place;
    }
  }
  return body.place(of);
}
