/** What generated code declares outside of its functions: tables of numbers, and the functions themselves. */
import type { Expression, FunctionDeclaration, SpreadElement, VariableDeclarator } from "acorn";
import type { ModuleParts } from "./binary.js";
import { type Parser, UnsupportedCode } from "./parser.js";

/** What a name outside of functions stands for. */
export type Global =
  | { readonly kind: "table"; readonly at: number }
  | { readonly kind: "function"; readonly number: number };

/** The names of some units of code, and the tables and functions behind them. */
export class Constants {
  readonly names = new Map<string, Global>();
  readonly functions: FunctionDeclaration[] = [];
  readonly tables: ModuleParts["tables"][number][] = [];

  /**
   * @param firstFunction the number of the first function
   * @param end where tables may stand, and where the last one ends then: an address in bytes
   */
  constructor(
    private readonly firstFunction: number,
    public end: number,
  ) {}

  /** Takes the declarations of a unit: of a function of `base` whose names are those of an earlier one. */
  add(text: string, parse: Parser): void {
    const [statement] = parse(text).body;
    const unit = statement?.type === "ExpressionStatement" ? statement.expression : null;
    if (unit?.type !== "FunctionExpression") throw new UnsupportedCode("no unit of code");
    for (const inner of unit.body.body) {
      if (inner.type === "FunctionDeclaration") {
        const number = this.firstFunction + this.functions.length;
        this.names.set(inner.id.name, { kind: "function", number });
        this.functions.push(inner);
      } else if (inner.type === "VariableDeclaration") {
        for (const declared of inner.declarations) this.table(declared);
      }
    }
  }

  private table({ id, init }: VariableDeclarator): void {
    // `const { a, b } = base`: the units are one module.
    if (id.type === "ObjectPattern") return;
    if (id.type !== "Identifier" || init == null) throw new UnsupportedCode("a constant");
    this.names.set(id.name, { kind: "table", at: this.placeOf(init) });
  }

  private placeOf(init: Expression): number {
    switch (init.type) {
      case "NewExpression": {
        const at = this.end;
        this.end += 4 * numberOf(init.arguments[0]);
        return at;
      }
      case "CallExpression": {
        const [first] = init.arguments;
        const numbers = first?.type === "ArrayExpression" ? first.elements : init.arguments;
        return this.place(numbers.map(numberOf));
      }
      case "ArrayExpression":
        return this.place(
          init.elements.map((row) => {
            if (row?.type !== "ArrayExpression") throw new UnsupportedCode("a row");
            // A row is known by its first number; before that stands how many it has.
            return this.place([row.elements.length, ...row.elements.map(numberOf)]) + 4;
          }),
        );
      default:
        throw new UnsupportedCode(init.type);
    }
  }

  private place(numbers: readonly number[]): number {
    const at = this.end;
    this.tables.push({ at, numbers });
    this.end += 4 * numbers.length;
    return at;
  }
}

/** Returns the number that an expression is; null if it is none. */
export function literal(of: Expression | SpreadElement | null | undefined): number | null {
  if (of?.type === "Literal") return typeof of.value === "number" ? of.value : null;
  if (of?.type !== "UnaryExpression" || of.operator !== "-") return null;
  const value = literal(of.argument);
  return value === null ? null : -value;
}

function numberOf(of: Expression | SpreadElement | null | undefined): number {
  const value = literal(of);
  if (value === null) throw new UnsupportedCode("a table of other than numbers");
  return value;
}
