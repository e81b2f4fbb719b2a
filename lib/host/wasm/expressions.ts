/** Instructions for the expressions of a generated function: each leaves one `i32`. */
import type {
  BinaryExpression,
  CallExpression,
  ConditionalExpression,
  Expression,
  LogicalExpression,
  MemberExpression,
  SpreadElement,
  UnaryExpression,
  UpdateExpression,
} from "acorn";
import { i32, op } from "./binary.js";
import { CodeWriter } from "./code-writer.js";
import { instruction, literalValue, splitSum } from "./operators.js";
import { type Surroundings, searchName } from "./surroundings.js";
import { type Global, literal } from "./constants.js";
import type { Locals } from "./locals.js";
import { isContextArray } from "./memory.js";
import { UnsupportedCode } from "./parser.js";

/** Writes the expressions of one function. */
export class ExpressionWriter extends CodeWriter {
  constructor(
    readonly locals: Locals,
    private readonly around: Surroundings,
  ) {
    super();
  }

  value(of: Expression | SpreadElement): void {
    switch (of.type) {
      case "Literal":
        this.constant(literalValue(of.value));
        return;
      case "Identifier":
        this.named(of.name);
        return;
      case "ParenthesizedExpression":
        this.value(of.expression);
        return;
      case "UnaryExpression":
        this.unary(of);
        return;
      case "BinaryExpression":
        this.binary(of);
        return;
      case "LogicalExpression":
        this.logical(of);
        return;
      case "ConditionalExpression":
        this.conditional(of);
        return;
      case "MemberExpression":
        this.member(of);
        return;
      case "UpdateExpression":
        this.update(of, true);
        return;
      case "CallExpression":
        if (!this.call(of)) throw new UnsupportedCode("a value of a function that returns none");
        return;
      default:
        throw new UnsupportedCode(of.type);
    }
  }

  private named(name: string): void {
    const local = this.locals.find(name);
    if (local !== null) {
      this.with(op.local_get, local);
      return;
    }
    const global = this.global(name);
    this.constant(global.kind === "table" ? global.at : this.around.handedOn(global.number));
  }

  private global(name: string): Global {
    const global = this.around.globals.get(name);
    if (global === undefined) throw new UnsupportedCode(`the name ${name}`);
    return global;
  }

  private unary(of: UnaryExpression): void {
    const value = literal(of);
    if (value !== null) {
      this.constant(value);
      return;
    }
    if (of.operator === "-") this.constant(0);
    this.value(of.argument);
    if (of.operator === "-") this.put(op.sub);
    else if (of.operator === "!") this.put(op.eqz);
    else if (of.operator === "~") {
      this.constant(-1);
      this.put(op.xor);
    } else throw new UnsupportedCode(of.operator);
  }

  private binary({ operator, left, right }: BinaryExpression): void {
    if (left.type === "PrivateIdentifier") throw new UnsupportedCode(left.type);
    const isZero = literal(right) === 0;
    if (isZero && operator === "|") {
      // Division is written `a / b | 0`, and what is no division is whole already.
      if (left.type === "BinaryExpression" && (left.operator === "/" || left.operator === "%")) {
        if (left.left.type === "PrivateIdentifier") throw new UnsupportedCode(left.left.type);
        this.value(left.left);
        this.value(left.right);
        this.put(left.operator === "/" ? op.div_s : op.rem_s);
      } else this.value(left);
      return;
    }
    this.value(left);
    if (isZero && operator === "===") {
      this.put(op.eqz);
      return;
    }
    this.value(right);
    this.put(instruction(operator));
  }

  private logical({ operator, left, right }: LogicalExpression): void {
    if (operator === "??") throw new UnsupportedCode(operator);
    this.value(left);
    this.open(op.if, i32);
    if (operator === "&&") this.value(right);
    else this.constant(1);
    this.put(op.else);
    if (operator === "&&") this.constant(0);
    else this.value(right);
    this.close();
  }

  private conditional({ test, consequent, alternate }: ConditionalExpression): void {
    const isAtHand = (of: Expression): boolean => literal(of) !== null || of.type === "Identifier";
    if (isAtHand(consequent) && isAtHand(alternate)) {
      this.value(consequent);
      this.value(alternate);
      this.value(test);
      this.put(op.select);
      return;
    }
    this.value(test);
    this.open(op.if, i32);
    this.value(consequent);
    this.put(op.else);
    this.value(alternate);
    this.close();
  }

  private member(of: MemberExpression): void {
    const { object, property } = of;
    if (of.computed) {
      this.load(this.address(of));
    } else if (property.type === "Identifier" && property.name === "length") {
      // Before the first number of a row stands how many it has.
      if (object.type === "Super") throw new UnsupportedCode(object.type);
      this.value(object);
      this.constant(4);
      this.put(op.sub);
      this.load(0);
    } else this.constant(this.arrayOfSearch(of));
  }

  private arrayOfSearch({ object, property }: MemberExpression): number {
    const isSearch = object.type === "Identifier" && object.name === searchName;
    if (!isSearch || property.type !== "Identifier" || !isContextArray(property.name)) {
      throw new UnsupportedCode("a property");
    }
    return this.around.context[property.name];
  }

  /** Leaves an address; returns how many bytes behind it an element of an array is. */
  address({ object, property }: MemberExpression): number {
    if (property.type === "PrivateIdentifier") throw new UnsupportedCode(property.type);
    const { rest, added } = splitSum(property);
    let offset = added * 4;
    let base: number | null = null;
    if (object.type === "MemberExpression") offset += this.arrayOfSearch(object);
    else if (object.type === "Identifier") {
      base = this.locals.find(object.name);
      if (base === null) {
        const global = this.global(object.name);
        if (global.kind !== "table") throw new UnsupportedCode(`${object.name}[]`);
        offset += global.at;
      }
    } else throw new UnsupportedCode(object.type);
    if (offset < 0) throw new UnsupportedCode("an element before the first");
    if (rest === null) {
      if (base === null) this.constant(0);
      else this.with(op.local_get, base);
      return offset;
    }
    this.value(rest);
    this.constant(2);
    this.put(op.shl);
    if (base !== null) {
      this.with(op.local_get, base);
      this.put(op.add);
    }
    return offset;
  }

  /** Leaves below the address on the stack what is to be stored there. */
  changed(offset: number, by: number, operand: () => void): void {
    this.locals.unnamed(1, (address = 0) => {
      this.with(op.local_tee, address);
      this.with(op.local_get, address);
      this.load(offset);
      operand();
      this.put(by);
    });
  }

  update({ operator, prefix, argument }: UpdateExpression, isWanted: boolean): void {
    if (isWanted && !prefix) throw new UnsupportedCode("a value before it is counted on");
    const by = operator === "++" ? op.add : op.sub;
    if (argument.type === "Identifier") {
      const local = this.local(argument.name);
      this.with(op.local_get, local);
      this.constant(1);
      this.put(by);
      this.with(isWanted ? op.local_tee : op.local_set, local);
    } else if (argument.type === "MemberExpression" && argument.computed) {
      const offset = this.address(argument);
      this.changed(offset, by, () => {
        this.constant(1);
      });
      this.locals.unnamed(1, (value = 0) => {
        this.with(op.local_tee, value);
        this.store(offset);
        if (isWanted) this.with(op.local_get, value);
      });
    } else throw new UnsupportedCode(argument.type);
  }

  local(name: string): number {
    const local = this.locals.find(name);
    if (local === null) throw new UnsupportedCode(`an assignment to ${name}`);
    return local;
  }

  /** Calls a function; returns whether that leaves a value. */
  call({ callee, arguments: given }: CallExpression): boolean {
    const passed = given.filter((of) => of.type !== "Identifier" || of.name !== searchName);
    for (const of of passed) this.value(of);
    if (callee.type === "MemberExpression") return this.callOfObject(callee, passed.length);
    if (callee.type !== "Identifier") throw new UnsupportedCode(callee.type);
    const local = this.locals.find(callee.name);
    if (local !== null) {
      const signature = { parameters: passed.length, returns: true };
      this.with(op.local_get, local);
      this.with(op.call_indirect, this.around.numberOfSignature(signature));
      this.put(0);
      return true;
    }
    const global = this.global(callee.name);
    if (global.kind !== "function") throw new UnsupportedCode(`a call of ${callee.name}`);
    const { parameters, returns } = this.around.signatureOf(global.number);
    if (parameters !== passed.length) throw new UnsupportedCode(`a call of ${callee.name}`);
    this.with(op.call, global.number);
    return returns;
  }

  private callOfObject({ object, property }: MemberExpression, passed: number): boolean {
    const on = object.type === "Identifier" ? object.name : "";
    const name = property.type === "Identifier" ? property.name : "";
    switch (`${on}.${name} ${String(passed)}`) {
      case "Math.imul 2":
        this.put(op.mul);
        return true;
      case "Math.clz32 1":
        this.put(op.clz);
        return true;
      case `${searchName}.fail 2`:
        this.with(op.call, this.around.fail);
        return false;
      default:
        throw new UnsupportedCode(`a call of ${on}.${name}`);
    }
  }
}
