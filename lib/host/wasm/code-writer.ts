/** Puts instructions one after another. */
import { addSigned, addUnsigned, op } from "./binary.js";

/** The instructions of one function. */
export class CodeWriter {
  readonly code: number[] = [];
  /** How many blocks are open. */
  depth = 0;

  put(...codes: readonly number[]): void {
    for (const code of codes) this.code.push(code);
  }

  constant(value: number): void {
    this.put(op.const);
    addSigned(this.code, value);
  }

  /** An instruction with a number that is not below 0. */
  with(code: number, value: number): void {
    this.put(code);
    addUnsigned(this.code, value);
  }

  /** Opens a block, and returns how deep it is: what branches to it tells it by that. */
  open(code: number, type: number): number {
    this.put(code, type);
    this.depth++;
    return this.depth;
  }

  close(): void {
    this.put(op.end);
    this.depth--;
  }

  /** Branches out of a block, or back to the begin of a loop. */
  branch(by: number, depth: number): void {
    this.with(by, this.depth - depth);
  }

  /** Loads from the address on the stack and so many bytes on. */
  load(offset: number): void {
    this.put(op.load, 2);
    addUnsigned(this.code, offset);
  }

  store(offset: number): void {
    this.put(op.store, 2);
    addUnsigned(this.code, offset);
  }
}
