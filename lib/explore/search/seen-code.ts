/** The functions that add states to those seen: a module's, as long as all arrays stand in its memory. */
import type { SeenFunctions } from "../codegen/seen/seen-functions.js";

/** Shared by all whose arrays the functions work on. */
export class SeenCode {
  private made: SeenFunctions | null = null;

  /**
   * @param home the functions of a module in whose memory the arrays stand; null if they stand in none
   * @param make makes those that work on any arrays
   */
  constructor(
    private home: SeenFunctions | null,
    private readonly make: () => SeenFunctions,
  ) {}

  /** The functions that work on the arrays as they stand now. */
  get now(): SeenFunctions {
    return this.home ?? (this.made ??= this.make());
  }

  /** Is told that an array grows: it will stand elsewhere. */
  leave(): void {
    this.home = null;
  }
}
