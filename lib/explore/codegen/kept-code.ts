/** Code that outlives the process, where its host has a place for it. */
import type { Engine, EngineText } from "./engine-functions.js";

/** What a search has learnt that code was made for. */
export interface Learnt {
  /** As in `Assumptions`; null where nothing is to be learnt. */
  readonly guards: Int32Array | null;
  /** How many states the search saw that learnt it, and how deep they lie. */
  readonly states: number;
  readonly depth: number;
  /** How many edges there was to be room for, of states in which somebody waits. */
  readonly edges: number;
}

/** How much a search holds: numbers of 32 bits. */
export interface EngineSize {
  /** The words of a state. */
  readonly words: number;
  /** As in `Assumptions`. */
  readonly guards: number;
  /** The checks that can fail. */
  readonly checks: number;
  /** The records of successors that are found between two looks at the store. */
  readonly batch: number;
}

/** What another thread makes an engine of: the texts, and the module that was kept of them, if one was. */
export interface EngineParts extends EngineText {
  readonly module: Uint8Array | null;
  readonly size: EngineSize;
}

/** The names of the code that an engine is made of. */
export interface EngineNames {
  readonly steps: string;
  readonly search: string;
  readonly seen: string;
}

/** The code of one model. */
export interface KeptCode {
  /** What the last whole search had learnt; null if none is known of. */
  readonly learnt: Learnt | null;
  /** Returns the function of the text that was kept under a name, or else of the one that is written now. */
  readonly make: (name: string, text: () => string) => unknown;
  /** Returns the text of a function that was made or kept; null if there is none of that name. */
  readonly textOf: (name: string) => string | null;
  /** Returns an engine for one search, if a module of it was kept under a name; null if none was. */
  readonly engine: (name: string, size: EngineSize) => Engine | null;
  /** Returns the module that was kept under a name; null if none was. */
  readonly moduleOf: (name: string) => Uint8Array | null;
  /** Keeps what was made for next time. */
  readonly keep: (learnt: Learnt, names: EngineNames, size: EngineSize) => void;
}

/** Where code is kept. */
export interface CodeShelf {
  /** Returns the code of a model, by all that it is made of. */
  readonly open: (modelText: string) => KeptCode;
}

/** Searches of fewer states are over before their code would be read. */
export const fewestStates = 2000;
