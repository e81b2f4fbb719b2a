/** Instructions for the statements of a generated function. */
import type {
  Expression,
  ForOfStatement,
  ForStatement,
  FunctionDeclaration,
  Statement,
  SwitchStatement,
  VariableDeclaration,
} from "acorn";
import { addUnsigned, i32, noValue, op } from "./binary.js";
import { literal } from "./constants.js";
import { writeEffect } from "./effects.js";
import { ExpressionWriter } from "./expressions.js";
import { Locals } from "./locals.js";
import { UnsupportedCode } from "./parser.js";
import { type Surroundings, searchName } from "./surroundings.js";

/** Returns the names of a function's parameters, but for `search`. */
export function parametersOf({ params }: FunctionDeclaration): readonly string[] {
  return params.flatMap((of) => {
    if (of.type !== "Identifier") throw new UnsupportedCode(of.type);
    return of.name === searchName ? [] : [of.name];
  });
}

/** Returns whether a statement returns a value somewhere. */
export function returnsValue(of: Statement): boolean {
  switch (of.type) {
    case "ReturnStatement":
      return of.argument != null;
    case "BlockStatement":
      return of.body.some(returnsValue);
    case "IfStatement":
      return returnsValue(of.consequent) || (of.alternate != null && returnsValue(of.alternate));
    case "SwitchStatement":
      return of.cases.some(({ consequent }) => consequent.some(returnsValue));
    case "WhileStatement":
    case "ForStatement":
    case "ForOfStatement":
      return returnsValue(of.body);
    default:
      return false;
  }
}

/** Returns the locals and the instructions of a function. */
export function functionBody(of: FunctionDeclaration, around: Surroundings): readonly number[] {
  const parameters = parametersOf(of);
  const locals = new Locals(parameters);
  const writer = new StatementWriter(new ExpressionWriter(locals, around));
  for (const statement of of.body.body) writer.statement(statement);
  const { code } = writer.expressions;
  // Such a function ends by `return`.
  if (returnsValue(of.body)) code.push(op.unreachable);
  code.push(op.end);
  const more = locals.count - parameters.length;
  const declared: number[] = [];
  if (more === 0) declared.push(0);
  else {
    declared.push(1);
    addUnsigned(declared, more);
    declared.push(i32);
  }
  return [...declared, ...code];
}

/** Where `break` and `continue` lead: the depths of the blocks that they leave. */
interface Target {
  readonly break: number;
  /** Null for a `switch`. */
  readonly continue: number | null;
}

class StatementWriter {
  private readonly targets: Target[] = [];

  constructor(readonly expressions: ExpressionWriter) {}

  statement(of: Statement): void {
    const { expressions } = this;
    switch (of.type) {
      case "EmptyStatement":
        return;
      case "BlockStatement":
        this.block(of.body);
        return;
      case "ExpressionStatement":
        writeEffect(expressions, of.expression);
        return;
      case "VariableDeclaration":
        this.declare(of);
        return;
      case "ReturnStatement":
        if (of.argument != null) expressions.value(of.argument);
        expressions.put(op.return);
        return;
      case "IfStatement":
        expressions.value(of.test);
        expressions.open(op.if, noValue);
        this.block([of.consequent]);
        if (of.alternate != null) {
          expressions.put(op.else);
          this.block([of.alternate]);
        }
        expressions.close();
        return;
      case "WhileStatement":
        this.loop(of.test, of.body, null);
        return;
      case "ForStatement":
        this.for(of);
        return;
      case "ForOfStatement":
        this.forOf(of);
        return;
      case "SwitchStatement":
        this.switch(of);
        return;
      case "BreakStatement":
        this.leave(this.targets[this.targets.length - 1]?.break);
        return;
      case "ContinueStatement":
        this.leave(this.targets.findLast((to) => to.continue !== null)?.continue);
        return;
      default:
        throw new UnsupportedCode(of.type);
    }
  }

  private block(body: readonly Statement[]): void {
    this.expressions.locals.block(() => {
      for (const statement of body) this.statement(statement);
    });
  }

  private declare({ declarations }: VariableDeclaration): void {
    const { expressions } = this;
    for (const { id, init } of declarations) {
      if (id.type !== "Identifier" || init == null) throw new UnsupportedCode("a declaration");
      expressions.value(init);
      expressions.with(op.local_set, expressions.locals.declare(id.name));
    }
  }

  private leave(depth: number | null | undefined): void {
    if (depth == null) throw new UnsupportedCode("a way out of no block");
    this.expressions.branch(op.br, depth);
  }

  private loop(test: Expression, body: Statement, update: Expression | null): void {
    const { expressions } = this;
    const after = expressions.open(op.block, noValue);
    const again = expressions.open(op.loop, noValue);
    expressions.value(test);
    expressions.put(op.eqz);
    expressions.branch(op.br_if, after);
    this.body(body, after);
    if (update !== null) writeEffect(expressions, update);
    expressions.branch(op.br, again);
    expressions.close();
    expressions.close();
  }

  /** The body of a loop, which `continue` leaves, as it ends. */
  private body(of: Statement, after: number): void {
    const { expressions } = this;
    this.targets.push({ break: after, continue: expressions.open(op.block, noValue) });
    this.block([of]);
    this.targets.pop();
    expressions.close();
  }

  private for({ init, test, update, body }: ForStatement): void {
    if (init?.type !== "VariableDeclaration" || test == null || update == null) {
      throw new UnsupportedCode("a loop");
    }
    this.expressions.locals.block(() => {
      this.declare(init);
      this.loop(test, body, update);
    });
  }

  /** Over the numbers of a row, which has their count before the first. */
  private forOf({ left, right, body }: ForOfStatement): void {
    const { expressions } = this;
    const [declared] = left.type === "VariableDeclaration" ? left.declarations : [];
    const { id } = declared ?? {};
    if (id?.type !== "Identifier") throw new UnsupportedCode("a loop over numbers");
    expressions.locals.unnamed(2, (at = 0, end = 0) => {
      expressions.value(right);
      expressions.with(op.local_tee, at);
      expressions.with(op.local_get, at);
      expressions.constant(4);
      expressions.put(op.sub);
      expressions.load(0);
      expressions.constant(2);
      expressions.put(op.shl, op.add);
      expressions.with(op.local_set, end);
      const after = expressions.open(op.block, noValue);
      const again = expressions.open(op.loop, noValue);
      expressions.with(op.local_get, at);
      expressions.with(op.local_get, end);
      expressions.put(op.ge_u);
      expressions.branch(op.br_if, after);
      expressions.locals.block(() => {
        expressions.with(op.local_get, at);
        expressions.load(0);
        expressions.with(op.local_set, expressions.locals.declare(id.name));
        expressions.with(op.local_get, at);
        expressions.constant(4);
        expressions.put(op.add);
        expressions.with(op.local_set, at);
        this.body(body, after);
      });
      expressions.branch(op.br, again);
      expressions.close();
      expressions.close();
    });
  }

  /** A jump by a table into blocks of which each ends where the next case begins. */
  private switch({ discriminant, cases }: SwitchStatement): void {
    const { expressions } = this;
    const values = cases.map(({ test }) => literal(test));
    const known = values.filter((value) => value !== null);
    if (known.length < values.length || known.some((value) => value < 0 || value > mostCase)) {
      throw new UnsupportedCode("a case");
    }
    const after = expressions.open(op.block, noValue);
    for (let left = cases.length; left > 0; left--) expressions.open(op.block, noValue);
    expressions.value(discriminant);
    const size = Math.max(-1, ...known) + 1;
    expressions.with(op.br_table, size);
    for (let value = 0; value < size; value++) {
      const to = values.indexOf(value);
      addUnsigned(expressions.code, to < 0 ? cases.length : to);
    }
    addUnsigned(expressions.code, cases.length);
    this.targets.push({ break: after, continue: null });
    expressions.locals.block(() => {
      for (const { consequent } of cases) {
        expressions.close();
        for (const statement of consequent) this.statement(statement);
      }
    });
    this.targets.pop();
    expressions.close();
  }
}

/** Tables of more cases are not made. */
const mostCase = 10_000;
