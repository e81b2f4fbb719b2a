/** A body while it is translated: where its steps go, and its variables. */
import {
  CPU,
  type Dimension,
  type Domain,
  type Element,
  type Expr,
  type Statement,
  add,
  and,
  at as elementAt,
  check,
  expr,
  idOrNone,
  list_empty,
  located,
  lt,
  ne,
  set,
  step,
  variable,
  NONE,
  le,
} from "../../machine/index.js";
import { Refused, type Span } from "../errors/index.js";
import type { Declared, Expression, Initializer } from "../parse/ast.js";
import type { Place, Storage } from "../types/storage.js";
import { call, placeCall } from "./call/calls.js";
import { indirect } from "./call/indirect.js";
import { loopMacro } from "./call/loops.js";
import { headOf } from "./call/lists.js";
import { type Body, type JumpTarget, type Owner, type Shared, frameOf } from "./context/context.js";
import { truth, valueOf } from "./expression/expressions.js";
import { inline } from "./call/inline.js";
import { numberDomain } from "./expression/choices.js";
import { fitting, load, store } from "./expression/memory.js";
import { placeOf } from "./expression/places.js";
import { statements } from "./statement/statements.js";
import type { Value } from "./context/values.js";
import { doesSomething } from "./context/does-something.js";

/** Returns a body to be translated, and how to get its statements. */
export function newBody(shared: Shared, owner: Owner): Body {
  let out: Statement[] = [];
  let inOneStep = false;
  let assigned: Place | null = null;
  const pins = new Map<Expression, Value>();
  let instants = 0;
  const body: Body = {
    shared,
    owner,
    frames: [],
    expanding: new Set(),
    emit: (at, ...made) => {
      // A scheduler of the text knows nothing of those who wait for a mutex.
      out.push(...located(placeIn(at), made, { keepsCpu: !owner.pinned }));
    },
    collect: (run) => {
      const before = out;
      out = [];
      try {
        run();
        return out;
      } finally {
        out = before;
      }
    },
    refuse: (at, message) => {
      shared.faults.add(at, message);
      throw new Refused(message);
    },
    fresh: owner.fresh,
    temporary: (domain) => temporary(owner, domain),
    instant: (of, look) => {
      const found: ReturnType<typeof look>[] = [];
      const looked = (): readonly Statement[] => {
        instants += 1;
        try {
          return body.collect(() => {
            found.push(look());
          });
        } finally {
          instants -= 1;
        }
      };
      const steps = looked();
      const [only] = found;
      if (steps.some(doesSomething) || only === undefined) {
        return body.refuse(
          of.at,
          `${of.text} is looked at in one step: it has to be one expression`,
        );
      }
      return only;
    },
    frozen: (value, at) => (inOneStep || instants > 0 ? value : frozen(body, value, at)),
    isStable: (value) => value.kind === "number" && isStable(owner, value.expr),
    checkIndex: (base, index, at, text) => {
      if (instants === 0) checkIndex(body, base, index, at, text);
    },
    checkPointer: ({ expr: pointer }, of) => {
      if (pointer.op === "const" || pointer.op === "bound" || instants > 0) return;
      body.emit(
        of.at,
        step(`${of.text} != NULL`, {
          then: [check(ne(pointer, NONE), `${of.text} is NULL ${placeText(of.at)}`, "misuse")],
        }),
      );
    },
    value: (of) => valueOf(body, of),
    place: (of) => placeOf(body, of),
    load: (place, at) => load(body, place, at),
    store: (place, value, at, label) => {
      store(body, place, value, at, label);
    },
    fitting: (value, element, at) => fitting(body, value, element, at),
    truth: (of) => truth(body, of),
    inOneStep: () => inOneStep || instants > 0,
    pinned: (argument) => pins.get(argument) ?? null,
    pin: (argument, value, run) => {
      pins.set(argument, value);
      try {
        return run();
      } finally {
        pins.delete(argument);
      }
    },
    assignedTo: () => assigned,
    isEmpty: (head, at) => {
      const { list, member } = headOf(body, head, { at, text: head.text }, null);
      return list_empty(list, member);
    },
    assigning: (handle, of) => {
      assigned = handle;
      try {
        body.value(of);
      } finally {
        assigned = null;
      }
    },
    condition: (of) => {
      const before = inOneStep;
      inOneStep = true;
      const found: Expr[] = [];
      try {
        const steps = body.collect(() => found.push(truth(body, of)));
        return steps.some(doesSomething) ? null : (found[0] ?? null);
      } finally {
        inOneStep = before;
      }
    },
    call: (of) => call(body, of),
    indirect: (callee, of, args) => indirect(body, callee, of, args),
    placeCall: (of) => placeCall(body, of),
    loop: (of) => {
      loopMacro(body, of);
    },
    inline: (of, args, at) => inline(body, of, args, at),
    declare: (declared) => declare(body, declared),
    fill: (place, init) => {
      fill(body, place, init);
    },
    addTo: ({ storage, index, text }, by, at, label) => {
      if (storage.kind !== "scalar") return body.refuse(at, `${text} is no number`);
      const element = elementAt(storage.variable, ...index);
      body.emit(at, set(element, add(element, by), label));
    },
    statements: (all) => {
      statements(body, all);
    },
    jump: (target, at) => {
      jump(body, target, at);
    },
  };
  return body;
}

const placeIn = ({ file, line, column }: Span) => ({ file, line, column });

const placeText = ({ file, line }: Span): string => `at ${file}:${String(line)}`;

function temporary(owner: Owner, domain: Domain): Element {
  const name = `${owner.name}.${String(owner.temporaries.length)}`;
  const first = domain.kind === "id" && domain.none ? { init: NONE } : {};
  const invented = variable(name, domain, { per: owner.dimensions, ...first });
  const made = elementAt({ ...invented, temporary: true }, ...owner.index);
  owner.temporaries.push(made);
  return made;
}

/** Whether an expression has one value for as long as the process lives. */
function isStable(owner: Owner, of: Expr): boolean {
  switch (of.op) {
    case "const":
    case "bound":
    case "home":
    case "self":
      return true;
    case "cpu":
      return owner.pinned;
    case "not":
      return isStable(owner, of.of);
    case "binary":
      return isStable(owner, of.left) && isStable(owner, of.right);
    case "if":
      return [of.test, of.then, of.else].every((part) => isStable(owner, part));
    case "read":
    case "some":
    case "every":
    case "count":
    case "inside":
    case "ended":
      return false;
  }
}

/** Whether nothing that is assigned later changes an expression: it reads no variable of the text. */
function isKept(owner: Owner, of: Expr): boolean {
  if (isStable(owner, of)) return true;
  switch (of.op) {
    case "read":
      return owner.temporaries.some((made) => made.variable === of.variable);
    case "not":
      return isKept(owner, of.of);
    case "binary":
      return isKept(owner, of.left) && isKept(owner, of.right);
    case "if":
      return [of.test, of.then, of.else].every((part) => isKept(owner, part));
    default:
      return false;
  }
}

/** Returns a value that later assignments do not change. */
function frozen(body: Body, value: Value, at: Span): Value {
  const keep = (of: Expr, domain: Domain, label: string): Expr => {
    if (isKept(body.owner, of)) return of;
    const made = body.temporary(domain);
    body.emit(at, set(made, of, label));
    return made;
  };
  switch (value.kind) {
    case "number":
      return { ...value, expr: keep(value.expr, domainOf(body, value), "keep") };
    case "pointer": {
      const domain: Domain = { kind: "id", set: value.set, none: true };
      return { ...value, expr: keep(value.expr, domain, "keep") };
    }
    case "choice":
      return { ...value, expr: keep(value.expr, numberDomain(value.options), "keep") };
    case "address": {
      const { place } = value;
      const sets = dimensionsOf(place.storage);
      const index = place.index.map((of, k) => {
        const set_ = sets[k];
        const domain = typeof set_ === "object" ? idOrNone(set_) : indexDomain(of);
        return keep(of, domain, place.text);
      });
      return { kind: "address", place: { ...place, index } };
    }
    case "null":
    case "function":
    case "void":
      return value;
  }
}

/** What the elements of a storage are numbered by, from outside in; nothing, where it is not known. */
function dimensionsOf(of: Storage): readonly Dimension[] {
  switch (of.kind) {
    case "scalar":
      return of.variable.per;
    case "link":
      return of.dimensions;
    case "struct":
      return [...of.fields.values()].map(dimensionsOf).find(({ length }) => length > 0) ?? [];
    case "array":
      return dimensionsOf(of.of);
    case "object":
      return [];
  }
}

function domainOf(body: Body, value: Value & { readonly kind: "number" }): Domain {
  if (value.sort === "truth") return { kind: "bool" };
  if (value.sort === "cpu") return { kind: "id", set: body.shared.cpuSet, none: true };
  return indexDomain(value.expr);
}

/** The domain of what an expression is: that of the variable that it reads, or any number. */
function indexDomain(of: Expr): Domain {
  if (of.op === "read") return of.variable.domain;
  if (of.op === "cpu") return { kind: "id", set: CPU, none: true };
  if (of.op === "bound" && of.set !== null) return { kind: "id", set: of.set, none: true };
  if (of.op === "if") {
    const inner = [of.then, of.else].find((part) => part.op === "read");
    if (inner !== undefined) return indexDomain(inner);
  }
  return { kind: "int", min: -(2 ** 30), max: 2 ** 30 - 1 };
}

function checkIndex(body: Body, base: Place, index: Expr, at: Span, text: string): void {
  const { storage } = base;
  if (storage.kind !== "array" || index.op === "const") return;
  const { length: given } = storage;
  const { cpus, sizes } = body.shared;
  const length =
    typeof given === "number" ? given : given === CPU ? cpus : (sizes.get(given.name) ?? 0);
  body.emit(
    at,
    step(`${text} is there`, {
      then: [
        check(
          and(le(expr(0), index), lt(index, length)),
          `${text} is outside of its ${String(length)} elements ${placeText(at)}`,
          "misuse",
        ),
      ],
    }),
  );
}

function jump(body: Body, target: JumpTarget, at: Span): void {
  target.used = true;
  const { scopes } = frameOf(body);
  for (const { atEnd, atJump } of [...scopes.slice(target.depth)].reverse()) {
    body.emit(at, ...[...atJump].reverse(), ...[...atEnd].reverse());
  }
  body.emit(at, { kind: "goto", name: target.label });
}

function declare(body: Body, declared: Declared): Place {
  const { function: around } = frameOf(body);
  const key = `${around.name}.${declared.name}`;
  if (declared.isStatic) return body.shared.declareStatic(declared, key);
  const storage = body.shared.declareLocal(declared, body.owner, key);
  return { storage, index: body.owner.index, text: declared.name, inside: null };
}

/** Stores the values of a list in the members or elements of a local variable. */
function fill(body: Body, place: Place, init: Initializer): void {
  if (init.kind === "value") {
    body.store(place, body.value(init.value), init.at, `${place.text} = ${init.value.text}`);
    return;
  }
  const { storage, index } = place;
  for (const [k, item] of init.items.entries()) {
    if (storage.kind === "struct") {
      const field = item.field ?? [...storage.fields.keys()][k];
      const inner = field === undefined ? undefined : storage.fields.get(field);
      if (inner === undefined || field === undefined) {
        return body.refuse(init.at, `struct ${storage.tag} has no such member`);
      }
      fill(
        body,
        { storage: inner, index, text: `${place.text}.${field}`, inside: null },
        item.value,
      );
    } else if (storage.kind === "array") {
      const which = item.index === null ? k : body.shared.constant(item.index);
      if (which === null) return body.refuse(init.at, "an element is numbered by a constant");
      const text = `${place.text}[${String(which)}]`;
      fill(
        body,
        { storage: storage.of, index: [...index, expr(which)], text, inside: null },
        item.value,
      );
    } else if (init.items.length > 1) {
      return body.refuse(init.at, `${place.text} is one value`);
    } else {
      fill(body, place, item.value);
    }
  }
}
