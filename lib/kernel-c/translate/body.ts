/** A body while it is translated: where its steps go, and its variables. */
import {
  type Domain,
  type Element,
  type Expr,
  NONE,
  type Statement,
  add,
  at as elementAt,
  list_empty,
  located,
  set,
  variable,
} from "../../machine/index.js";
import { type Span, refused } from "../errors/index.js";
import type { Expression } from "../parse/ast.js";
import type { Place } from "../types/storage.js";
import { call, placeCall } from "./call/calls.js";
import { indirect } from "./call/indirect.js";
import { loopMacro } from "./call/loops.js";
import { headOf } from "./call/lists.js";
import type { Body, Owner, Shared } from "./context/context.js";
import { checkIndex, checkPointer } from "./expression/place/checked.js";
import { truth, valueOf } from "./expression/expressions.js";
import { frozen, isStable } from "./expression/place/frozen.js";
import { inline } from "./call/inline.js";
import { fitting, load, store } from "./expression/place/memory.js";
import { placeOf } from "./expression/place/places.js";
import { jump } from "./statement/jump.js";
import { declareLocal, fill } from "./statement/local-variable.js";
import { statements } from "./statement/statements.js";
import type { Value } from "./context/values.js";
import { doesSomething } from "./context/does-something.js";

/** Returns a body to be translated, and how to get its statements. */
export function newBody(shared: Shared, owner: Owner): Body {
  let out: Statement[] = [];
  let inOneStep = false;
  let assigned: Place | null = null;
  let unused: Expression | null = null;
  const pins = new Map<Expression, Value>();
  let instants = 0;
  /** Where the outermost macro that is one expression is used, and in how many functions that is. */
  let use: { readonly at: Span; readonly depth: number } | null = null;
  const calls: { readonly at: Span; readonly name: string }[] = [];
  const body: Body = {
    shared,
    owner,
    frames: [],
    expanding: new Set(),
    emit: (at, ...made) => {
      // A scheduler of the text knows nothing of those who wait for a mutex.
      const from = use?.depth === body.frames.length ? use.at : at;
      out.push(...located(placeIn(from), made, { keepsCpu: !owner.pinned }));
    },
    nest: (statement) => {
      out.push(statement);
    },
    usedAt: (at, run) => {
      const before = use;
      const depth = body.frames.length;
      if (use?.depth !== depth) use = { at, depth };
      try {
        return run();
      } finally {
        use = before;
      }
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
      const call = shared.isOwn(at) ? undefined : calls.findLast((one) => shared.isOwn(one.at));
      if (call === undefined) shared.faults.add(at, message);
      else {
        const where = `in ${at.file}: what the text declares takes the place of what is declared there`;
        shared.faults.add(call.at, `${call.name}(): ${message}, ${where}`);
      }
      throw refused;
    },
    calledFrom: (at, name, run) => {
      calls.push({ at, name });
      try {
        return run();
      } finally {
        calls.pop();
      }
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
    checkPointer: (pointer, of) => {
      if (instants === 0) checkPointer(body, pointer, of);
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
    discard: (of) => {
      unused = of.kind === "cast" ? of.of : of;
      body.value(of);
    },
    isUnused: (of) => unused === of,
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
    inline: (of, args, at) => body.calledFrom(at, of.name, () => inline(body, of, args, at)),
    declare: (declared) => declareLocal(body, declared),
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

function temporary(owner: Owner, domain: Domain): Element {
  const name = `${owner.name}.${String(owner.temporaries.length)}`;
  const first = domain.kind === "id" && domain.none ? { init: NONE } : {};
  const invented = variable(name, domain, { per: owner.dimensions, ...first });
  const made = elementAt({ ...invented, temporary: true }, ...owner.index);
  owner.temporaries.push(made);
  return made;
}
