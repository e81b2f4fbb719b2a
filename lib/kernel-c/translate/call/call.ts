/** A call of the text as a row of the vocabulary sees it. */
import {
  type Element,
  type Expr,
  type Statement,
  at as elementAt,
  set,
} from "../../../machine/index.js";
import type { Expression } from "../../parse/ast.js";
import type { CType } from "../../types/ctype.js";
import type { Place } from "../../types/storage.js";
import type { Call, Given, Named, ObjectType } from "../../vocabulary/row/index.js";
import { type Binding, type Body, type CallExpression, frameOf } from "../context/context.js";
import { currentTask } from "../expression/current-task.js";
import { number } from "../expression/value/number.js";
import { binary } from "../expression/operators.js";
import { bitLock, bitOf } from "./bits.js";
import { learnClass } from "./class-place.js";
import {
  addressed,
  argumentOf,
  identityOf,
  objectNamed,
  objectOf,
  objectOfCpus,
  scalarOf,
} from "./given.js";
import { entryOf, headOf, headOrEntry, learnAlike, learnLink } from "./lists.js";
import { handedOver, passedArgument, passedValue } from "./passed.js";
import { cpuOf, structPointed } from "../expression/place/memory.js";
import { type Value, computed, held } from "../context/values.js";

/** Returns the call, and how what a row returns becomes a value. */
export function callOf(
  body: Body,
  of: CallExpression,
): { readonly asCall: Call; readonly value: (returned: Expr | undefined) => Value } {
  const argument = (which: number): Expression => argumentOf(body, of, which);
  const constantAt = (which: number): number => {
    const given = argument(which);
    const known = body.shared.constant(given);
    if (known !== null) return known;
    const value = body.value(given);
    if (value.kind === "number" && value.expr.op === "const") return value.expr.value;
    return body.refuse(given.at, `${of.name}(): ${given.text} has to be a constant`);
  };
  /** What is kept for this call, with the structure that a pointer in it leads to. */
  const temporaries = new Map<Element, string | null>();

  const asCall: Call = {
    name: of.name,
    text: of.text,
    at: of.at,
    count: of.args.length,
    argument: (which) => argument(which).text,
    isUsed: !body.isUnused(of),
    emit: (...statements: readonly Statement[]) => {
      body.emit(of.at, ...statements);
    },
    object: <T>(which: number, ...types: readonly ObjectType<T>[]): Given<T> =>
      objectOf(body, of, which, types),
    objectNamed: <T>(which: number, ...types: readonly ObjectType<T>[]): Given<T> =>
      objectNamed(body, of, which, types),
    objectOfCpus: <T>(which: number, type: ObjectType<T>): T => objectOfCpus(body, of, which, type),
    bitLock: <T>(numberAt: number, which: number, type: ObjectType<T>) =>
      bitLock(body, of, numberAt, which, type),
    identity: (which) => identityOf(body, of, which),
    reads: (value, domain) => {
      if (body.inOneStep()) return value;
      const made = asCall.temporary(domain);
      body.emit(of.at, set(made, value, of.text));
      return made;
    },
    assignedTo: assignedName(body),
    assignedHead: (links) => {
      const head = body.assignedTo();
      if (head !== null) return headOf(body, head, { at: of.at, text: head.text }, links);
      return body.refuse(of.at, `what ${of.name}() returns is kept in a struct llist_node *`);
    },
    linked: (entry, head) => {
      learnLink(body, addressed(body, of, entry), addressed(body, of, head));
    },
    joined: body.owner.joined,
    joins: (queue) => {
      body.owner.joined.push(queue);
    },
    taskState: () => {
      const { pools, learned } = body.shared;
      if (!learned.pooled.has("task_struct") || body.owner.task === null) return null;
      const storage = pools.get("task_struct")?.storage;
      const state = storage?.kind === "struct" ? storage.fields.get("__state") : undefined;
      if (state?.kind !== "scalar") return null;
      return elementAt(state.variable, currentTask(body, of.at).expr);
    },
    typeOf: (which) => {
      const { storage } = addressed(body, of, which);
      if (storage.kind === "object") return storage.type;
      return body.refuse(argument(which).at, `${argument(which).text} is no lock`);
    },
    value: (which) => number(body, body.value(argument(which)), argument(which).at),
    truth: (which) => body.truth(argument(which)),
    cpu: (which) => cpuOf(body, body.value(argument(which)), argument(which).at),
    constant: constantAt,
    subclass: (which) => {
      const subclass = constantAt(which);
      if (subclass >= 0) return subclass;
      const { at, text } = argument(which);
      return body.refuse(at, `${of.name}(): ${text} is no subclass: they are numbered from 0`);
    },
    flags: (which) => {
      const place = body.place(argument(which));
      const element = scalarOf(body, place, argument(which));
      const { storage } = place;
      if (storage.kind === "scalar" && element.variable.domain.kind !== "bool") {
        body.shared.learned.flags.add(storage.key);
      }
      return element;
    },
    named: (which) => scalarOf(body, body.place(argument(which)), argument(which)),
    pointed: (which) => scalarOf(body, addressed(body, of, which), argument(which)),
    bit: (numberAt, which) => bitOf(body, of, numberAt, which),
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
    isNull: (which) => {
      const found: Value[] = [];
      body.collect(() => found.push(body.value(argument(which))));
      return found[0]?.kind === "null";
    },
    member: (pointer, tag, field) => {
      const pool = body.shared.pools.get(tag)?.storage;
      const found = pool?.kind === "struct" ? pool.fields.get(field) : undefined;
      if (found?.kind === "scalar") return elementAt(found.variable, pointer);
      return body.refuse(of.at, `struct ${tag} has no member ${field}`);
    },
    temporary: (domain, tag = null) => {
      const made = body.temporary("kind" in domain ? domain : domain.like.variable.domain);
      temporaries.set(made, tag);
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
    passed: (which) => passedValue(body, body.value(argument(which))),
    handed: (which) =>
      handedOver(body, body.value(argument(which))) ??
      body.refuse(
        argument(which).at,
        `${of.name}(): ${argument(which).text} is not known as long as it runs: NULL, the address of something or a pointer to a structure is wanted`,
      ),
    runs: (name, args) => {
      const found = body.shared.unit.functions.get(name);
      if (found === undefined) return false;
      const values = args.slice(0, found.parameters.length);
      body.inline(
        found,
        values.map((one) => passedArgument(body.shared, one)),
        of.at,
      );
      return true;
    },
    poolOf: (tag) => {
      body.shared.learned.pooled.add(tag);
      const pool = body.shared.pools.get(tag);
      return pool?.set ?? body.refuse(of.at, `struct ${tag} is not known yet`);
    },
    initializes: (which) => {
      learnClass(body, argument(which));
    },
    setClass: (which, to) => {
      const { storage } = addressed(body, of, which);
      if (storage.kind === "object") body.shared.learned.setClasses.set(storage.name, to);
    },
    setOrder: (which, comparison) => {
      const { storage } = addressed(body, of, which);
      if (storage.kind === "object") {
        body.shared.learned.noted.note("lock order", storage.name, comparison);
      }
    },
    counts: (which, count) => {
      const { storage } = addressed(body, of, which);
      if (storage.kind === "object") body.shared.learned.counts.set(storage.name, count);
    },
    operate: (operator, left, right) =>
      number(body, binary(body, operator, computed(left), computed(right), of.at), of.at),
    calls: (name, which) => {
      const found = body.shared.unit.functions.get(name);
      if (found !== undefined) body.inline(found, [body.value(argument(which))], of.at);
    },
    world: body.shared.world,
    condition: (which) => body.condition(argument(which)),
    instant: (which, names = {}) => {
      const { scopes } = frameOf(body);
      scopes.push({ names: new Map(Object.entries(names).map(aliased)), atEnd: [], atJump: [] });
      try {
        return body.instant(argument(which), () => body.truth(argument(which)));
      } finally {
        scopes.pop();
      }
    },
    setOf: (which) => {
      const { text, at } = argument(which);
      if (text === "cpu") return { tag: null, set: body.shared.cpuSet };
      const tag = text.replace(/^struct\s+/, "");
      body.shared.learned.pooled.add(tag);
      const pool = body.shared.pools.get(tag);
      return pool ?? body.refuse(at, `struct ${tag} is not known yet`);
    },
    apart: body.collect,
    label: body.fresh,
    listEntry: (which) => entryOf(body, addressed(body, of, which), argument(which)),
    listHead: (which, member) =>
      headOf(body, addressed(body, of, which), argument(which), member ?? null),
    listHeadOrEntry: (which) => headOrEntry(body, addressed(body, of, which), argument(which)),
    linkedAlike: (one, other) => {
      learnAlike(body, addressed(body, of, one), addressed(body, of, other));
    },
    cursor: (which, member) => {
      const given = argument(which);
      const place = body.place(given);
      const element = scalarOf(body, place, given);
      const { domain } = element.variable;
      if (domain.kind !== "id") {
        return body.refuse(given.at, `${given.text} is no pointer to a structure`);
      }
      const tag = structPointed(typeOfPlace(place)) ?? domain.set.name;
      return { element, member: `${tag}.${argument(member).text}` };
    },
  };
  return {
    asCall,
    value: (returned) => {
      if (returned === undefined) return { kind: "void" };
      if (returned.op === "const") {
        return { kind: "number", expr: returned, sort: "literal", key: null };
      }
      if (returned.op === "read" && temporaries.has(returned)) {
        return held(returned, null, temporaries.get(returned));
      }
      const isTest = returned.op === "some" || returned.op === "every";
      return { kind: "number", expr: returned, sort: isTest ? "truth" : "number", key: null };
    },
  };
}

/** Returns what the handle is called that is being assigned. */
function assignedName(body: Body): string | null {
  const place = body.assignedTo();
  return place === null ? null : (body.shared.places.same(place)?.text ?? place.text);
}

const typeOfPlace = ({ storage }: Place): CType =>
  storage.kind === "scalar" ? storage.type : { kind: "void" };

const aliased = ([name, of]: [string, Named]): [string, Binding] => [
  name,
  { kind: "alias", value: namedValue(of), type: { kind: "void" } },
];

function namedValue(named: Named): Value {
  if (named.kind === "read") return held(named.from, null);
  const { of, set: members, tag } = named;
  return tag === null
    ? { kind: "number", expr: of, sort: "cpu", key: null }
    : { kind: "pointer", tag, set: members, expr: of };
}
