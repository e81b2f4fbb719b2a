/** JavaScript for the effects of a transition on packed words, in order, as `takeStep()` applies them. */
import type { Change, CheckKind, Transition, Value } from "../../../machine/index.js";
import { code } from "../text/code.js";
import type { Field } from "../layout/packing.js";
import { type ValueWriter, inOneWord } from "./expression.js";

/** The number of a kind of check, in the flags of what was reported. */
export const checkKinds: readonly CheckKind[] = ["assert", "corruption", "misuse"];

/** Writes assignments; constants into one word are gathered and stored at once. */
export class ChangeWriter {
  private readonly lines: string[] = [];
  private readonly pending = new Map<number, { clear: number; set: number }>();

  constructor(
    private readonly values: ValueWriter,
    private readonly transition: number,
  ) {}

  /** The statements of a transition, its new location included. */
  transitionBody(transition: Transition, location: number): string {
    for (const change of transition.changes) this.change(change);
    if (transition.to !== transition.from)
      this.constant(this.values.field(location), transition.to);
    this.flush();
    return this.lines.join("\n");
  }

  private change(change: Change): void {
    switch (change.kind) {
      case "assign":
        this.assign(change);
        return;
      case "if":
        this.flush();
        this.lines.push(`if (${this.values.test(change.test)}) {`);
        for (const inner of change.then) this.change(inner);
        this.flush();
        if (change.else.length > 0) {
          this.lines.push("} else {");
          for (const inner of change.else) this.change(inner);
          this.flush();
        }
        this.lines.push("}");
        return;
      case "check":
        this.flush();
        this.lines.push(`if (!${this.values.test(change.test)}) ${this.fail(change.violation)};`);
    }
  }

  private assign({ to, value }: Extract<Change, { kind: "assign" }>): void {
    if (to.op === "slot") {
      const field = this.values.field(to.slot);
      if (value.op === "const" && within(value, field)) {
        this.constant(field, value.value);
        return;
      }
      this.flush();
      this.checked(value, field, (v) => store(this.values.word(field.word), field, v));
      return;
    }
    this.flush();
    const fields = this.values.elements(to);
    const [first] = fields;
    if (first === undefined) return;
    const nowhere = this.values.mayBeNowhere(to);
    if (nowhere) {
      this.lines.push(`if (!(${this.values.within(to)})) ${this.fail("misuse")}; else`);
    }
    this.lines.push("{", `const index = ${this.values.flatIndex(to)};`);
    if (inOneWord(fields)) {
      const { word, shift, bits, mask, min } = first;
      this.lines.push(`const shift = ${String(shift)} + index * ${String(bits)};`);
      this.checked(value, first, (v) => {
        const name = this.values.word(word);
        return `${name} = (${name} & ~(${String(mask)} << shift)) | ((${minus(v, min)}) << shift);`;
      });
    } else {
      this.checked(value, first, (v) => {
        const cases = fields.map(
          (field, at) =>
            `case ${String(at)}: ${store(this.values.word(field.word), field, "element")} break;`,
        );
        return code`const element = ${v};
          switch (index) {
            ${cases}
          }`;
      });
    }
    this.lines.push("}");
  }

  /** Stores a value, or reports it if it may be out of the range of the field. */
  private checked(value: Value, field: Field, put: (value: string) => string): void {
    const number = this.values.number(value);
    const [min, max] = this.values.range(value);
    if (min >= field.min && max <= field.max) {
      this.lines.push(put(number));
      return;
    }
    const fits = `value >= ${String(field.min)} && value <= ${String(field.max)}`;
    this.lines.push(
      code`{
        const value = ${number};
        if (${fits}) { ${put("value")} } else ${this.fail("misuse")};
      }`,
    );
  }

  private constant({ word, mask, shift, min }: Field, value: number): void {
    const known = this.pending.get(word) ?? { clear: 0, set: 0 };
    const bits = mask << shift;
    this.pending.set(word, {
      clear: known.clear | bits,
      set: (known.set & ~bits) | ((value - min) << shift),
    });
  }

  private flush(): void {
    for (const [word, { clear, set }] of this.pending) {
      const name = this.values.word(word);
      this.lines.push(
        `${name} = ${name} & ${String(~clear)}${set === 0 ? "" : ` | ${String(set)}`};`,
      );
    }
    this.pending.clear();
  }

  private fail(kind: CheckKind): string {
    const flag = String(this.transition * checkKinds.length + checkKinds.indexOf(kind));
    return `(search.reported[${flag}] === 0 && search.fail(${flag}, id))`;
  }
}

const within = (value: { readonly value: number }, { min, max }: Field): boolean =>
  value.value >= min && value.value <= max;

const minus = (value: string, min: number): string =>
  min === 0 ? value : min < 0 ? `${value} + ${String(-min)}` : `${value} - ${String(min)}`;

const store = (name: string, { mask, shift, min }: Field, value: string): string =>
  `${name} = (${name} & ${String(~(mask << shift))}) | ((${minus(value, min)}) << ${String(shift)});`;
