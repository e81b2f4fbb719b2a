/** What can be seen of a function before it is translated: which names it assigns, and where its labels are. */
import type { CStatement, Expression, Initializer } from "../../parse/ast.js";

/** Returns how often each name is assigned, its declaration not counted; more than once, in a loop macro. */
export function assignmentsIn(all: readonly CStatement[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const note = (name: string, times: number): void => {
    found.set(name, (found.get(name) ?? 0) + times);
  };
  const visit = (of: Expression): void => {
    if (of.kind === "assign" && of.to.kind === "name") {
      note(of.to.name, of.operator === "=" ? 1 : 2);
    }
    if (of.kind === "update" && of.of.kind === "name") note(of.of.name, 2);
    // Code that has the address may assign it; macros that take a name to assign are few.
    if (of.kind === "address" && of.of.kind === "name") note(of.of.name, 2);
    if (of.kind === "call") {
      const assigning =
        /^(?:swap|try_cmpxchg\w*|WRITE_ONCE|\w*_irqsave\w*|\w*_save|local_irq_save)$/;
      if (assigning.test(of.name)) {
        // Of spin_lock_irqsave(lock, flags) the flags are assigned, and not the pointer to the lock.
        const given = of.name.endsWith("save") ? of.args.slice(-1) : of.args;
        for (const arg of given) if (arg.kind === "name") note(arg.name, 2);
      }
    }
    partsOf(of).forEach(visit);
    if (of.kind === "block") of.body.forEach(visitStatement);
  };
  const visitStatement = (of: CStatement): void => {
    if (of.kind === "loop" && of.name.includes("for_each")) {
      const cursors = of.name.includes("_safe") ? 2 : 1;
      for (const arg of of.args.slice(0, cursors)) if (arg.kind === "name") note(arg.name, 2);
    } else if (of.kind === "loop" && !/guard$|^in_one_step$/.test(of.name)) {
      // A macro of the text: whichever it assigns.
      for (const arg of of.args) if (arg.kind === "name") note(arg.name, 2);
    }
    expressionsOf(of).forEach(visit);
    bodiesOf(of).forEach(visitStatement);
  };
  all.forEach(visitStatement);
  return found;
}

/** Returns the labels of a function, with how many blocks are around each. */
export function labelsIn(all: readonly CStatement[], depth = 1): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const of of all) {
    if (of.kind === "label") found.set(of.name, depth);
    const opens = of.kind === "block" || of.kind === "for" || of.kind === "loop" ? 1 : 0;
    for (const [name, inner] of labelsIn(bodiesOf(of), depth + opens)) found.set(name, inner);
  }
  return found;
}

/** Returns whether a function has one `return` with a value, and that is its last statement. */
export function lastReturn(all: readonly CStatement[]): boolean {
  let returns = 0;
  const visit = (of: CStatement): void => {
    if (of.kind === "return") returns += 1;
    bodiesOf(of).forEach(visit);
  };
  all.forEach(visit);
  return returns === 1 && all[all.length - 1]?.kind === "return";
}

/** Returns the statements inside a statement. */
export function bodiesOf(of: CStatement): readonly CStatement[] {
  switch (of.kind) {
    case "block":
    case "switch":
      return of.body;
    case "if":
      return of.else === null ? [of.then] : [of.then, of.else];
    case "while":
    case "do":
    case "loop":
      return [of.body];
    case "for":
      return [...of.first, of.body];
    default:
      return [];
  }
}

/** Returns the expressions of a statement itself. */
export function expressionsOf(of: CStatement): readonly Expression[] {
  switch (of.kind) {
    case "expression":
    case "switch":
      return [of.of];
    case "declare":
      return of.declared.flatMap(({ init }) => (init === null ? [] : inInitializer(init)));
    case "if":
    case "while":
    case "do":
      return [of.test];
    case "for":
      return [of.test, of.next].flatMap((part) => part ?? []);
    case "return":
    case "case":
      return of.value === null ? [] : [of.value];
    case "loop":
      return of.args;
    default:
      return [];
  }
}

const inInitializer = (of: Initializer): readonly Expression[] =>
  of.kind === "value" ? [of.value] : of.items.flatMap(({ value }) => inInitializer(value));

/** Returns the parts of an expression. */
export function partsOf(of: Expression): readonly Expression[] {
  switch (of.kind) {
    case "number":
    case "string":
    case "name":
    case "block":
    case "lacking":
      return [];
    case "unary":
    case "address":
    case "deref":
    case "update":
    case "cast":
    case "member":
      return [of.of];
    case "binary":
    case "logical":
      return [of.left, of.right];
    case "conditional":
      return of.then === null ? [of.test, of.else] : [of.test, of.then, of.else];
    case "assign":
      return [of.to, of.value];
    case "call":
      return of.args;
    case "indirect":
      return [of.of, ...of.args];
    case "index":
      return [of.of, of.index];
    case "comma":
      return of.parts;
  }
}
