/** What a page of the book asks its language worker, and what comes back. */

/** A cell as its editor has it now. */
export interface CellText {
  /** The HTML id of the cell. */
  readonly id: string;
  readonly source: string;
}

/** Asked of one cell of a page; positions are UTF-16 offsets into the cell's text. */
export type Question =
  | { readonly kind: "problems" }
  | { readonly kind: "completions"; readonly at: number }
  | { readonly kind: "hover"; readonly at: number };

/** A question with the cells that it is about. */
export interface Request {
  readonly number: number;
  readonly question: Question;
  /** The cells of the page, from the first to the one that is asked about. */
  readonly cells: readonly CellText[];
}

/** Something wrong with a cell, between two offsets of its text. */
export interface Problem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly language: "TypeScript" | "C";
}

/** A word that would fit. */
export interface Completion {
  readonly label: string;
  /** What it names, in TypeScript's terms: "function", "const", "interface". */
  readonly kind: string;
  /** The cell has to import it first. */
  readonly imports: boolean;
  /** How near it is: names of the cell and the lab before those that every program has. */
  readonly near: boolean;
}

/** Words that would fit behind `from`. */
export interface Completions {
  readonly from: number;
  readonly all: readonly Completion[];
}

/** What a name is: its declaration in one line of TypeScript, and what its author says of it. */
export interface Hover {
  readonly from: number;
  readonly to: number;
  readonly declaration: string;
  readonly words: string;
}

/** An answer; each kind has its question. */
export type Answer =
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }
  | { readonly kind: "completions"; readonly completions: Completions | null }
  | { readonly kind: "hover"; readonly hover: Hover | null };

/** An answer with the number of its request. */
export interface Reply {
  readonly number: number;
  /** Null where the worker could not find one. */
  readonly answer: Answer | null;
}
