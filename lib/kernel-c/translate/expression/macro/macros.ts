/** Macros with parameters: their bodies with the arguments in the places of the names. */
import type {
  CStatement,
  Declared,
  Expression,
  Initializer,
  MacroBody,
} from "../../../parse/ast.js";

type Arguments = ReadonlyMap<string, Expression>;

/** Returns the body of a macro with arguments for its parameters. */
export function substituteArguments(body: MacroBody, args: Arguments): MacroBody {
  if (args.size === 0) return body;
  return body.kind === "expression"
    ? { kind: "expression", of: withArguments(body.of, args) }
    : { kind: "statements", body: body.body.map((of) => inStatement(of, args)) };
}

/** Returns an expression with others in the places of names. */
export function withArguments(of: Expression, args: Arguments): Expression {
  const inner = (part: Expression): Expression => withArguments(part, args);
  switch (of.kind) {
    case "number":
    case "string":
    case "lacking":
      return of;
    case "name":
      return args.get(of.name) ?? of;
    case "unary":
    case "address":
    case "deref":
    case "update":
    case "cast":
    case "member":
      return { ...of, of: inner(of.of) };
    case "binary":
    case "logical":
      return { ...of, left: inner(of.left), right: inner(of.right) };
    case "conditional":
      return {
        ...of,
        test: inner(of.test),
        then: of.then === null ? null : inner(of.then),
        else: inner(of.else),
      };
    case "assign":
      return { ...of, to: inner(of.to), value: inner(of.value) };
    case "call": {
      const callee = args.get(of.name);
      const { name, at } = callee?.kind === "name" ? callee : { name: of.name, at: of.nameAt };
      const given = of.args.flatMap((arg) => rest(arg, args) ?? inner(arg));
      return { ...of, name, nameAt: at, args: given };
    }
    case "indirect": {
      const given = of.args.flatMap((arg) => rest(arg, args) ?? inner(arg));
      return { ...of, of: inner(of.of), args: given };
    }
    case "index":
      return { ...of, of: inner(of.of), index: inner(of.index) };
    case "comma":
      return { ...of, parts: of.parts.map(inner) };
    case "block":
      return { ...of, body: of.body.map((statement) => inStatement(statement, args)) };
  }
}

/** The arguments that `__VA_ARGS__` stands for; null of anything else. */
function rest(of: Expression, args: Arguments): readonly Expression[] | null {
  if (of.kind !== "name" || of.name !== "__VA_ARGS__") return null;
  const given = args.get(of.name);
  return given?.kind === "comma" ? given.parts : null;
}

function inStatement(of: CStatement, args: Arguments): CStatement {
  const expression = (part: Expression): Expression => withArguments(part, args);
  const optional = (part: Expression | null) => (part === null ? null : expression(part));
  const statement = (part: CStatement): CStatement => inStatement(part, args);
  switch (of.kind) {
    case "block":
      return { ...of, body: of.body.map(statement) };
    case "expression":
      return { ...of, of: expression(of.of) };
    case "declare":
      return { ...of, declared: of.declared.map((one) => inDeclared(one, args)) };
    case "if":
      return {
        ...of,
        test: expression(of.test),
        then: statement(of.then),
        else: of.else === null ? null : statement(of.else),
      };
    case "while":
    case "do":
      return { ...of, test: expression(of.test), body: statement(of.body) };
    case "for":
      return {
        ...of,
        first: of.first.map(statement),
        test: optional(of.test),
        next: optional(of.next),
        body: statement(of.body),
      };
    case "switch":
      return { ...of, of: expression(of.of), body: of.body.map(statement) };
    case "case":
    case "return":
      return { ...of, value: optional(of.value) };
    case "loop":
      return { ...of, args: of.args.map(expression), body: statement(of.body) };
    case "break":
    case "continue":
    case "empty":
    case "goto":
    case "label":
      return of;
  }
}

const inDeclared = (of: Declared, args: Arguments): Declared => ({
  ...of,
  sizes: of.sizes.map((size) => (size === null ? null : withArguments(size, args))),
  init: of.init === null ? null : inInitializer(of.init, args),
});

function inInitializer(of: Initializer, args: Arguments): Initializer {
  if (of.kind === "value") return { ...of, value: withArguments(of.value, args) };
  const items = of.items.map((item) => ({ ...item, value: inInitializer(item.value, args) }));
  return { ...of, items };
}
