/** Code kept for models that are explored again, by whoever runs searches in a row. */
import type { Model } from "../../machine/index.js";
import type { Reductions } from "../result/reductions.js";
import { waysToBe } from "../analysis/places.js";
import { type Compiled, compile } from "./compile.js";
import { type CodeShelf, type KeptCode, fewestStates } from "./kept-code.js";
import { modelText } from "./model-text.js";

/** So many models have their code kept, if not told otherwise. */
const mostModels = 8;

/**
 * The code of the models compiled last, by their text: models that move alike share functions that are
 * warm. A function keeps nothing between two calls, so searches that share one do not meet.
 */
export class CodeCache {
  private readonly recent = new Map<string, Compiled>();
  /** The text of a model is long, and asked for with every search of it. */
  private readonly texts = new WeakMap<Model, string>();

  /**
   * @param most how many models have their code kept, from 1 on
   * @param shelf where code is kept for other processes, if it is
   * @param fewest in how many ways the processes of a model can be for which the shelf is looked at
   */
  constructor(
    private readonly most = mostModels,
    private readonly shelf: CodeShelf | null = null,
    private readonly fewest = fewestStates,
  ) {}

  /** Returns the compiled form of a model, kept or made. */
  compile(model: Model, reductions: Reductions): Compiled {
    const key = `${JSON.stringify(reductions)}\n${this.textOf(model)}`;
    const known = this.recent.get(key);
    const compiled =
      known === undefined
        ? compile(model, reductions, this.keptFor(model, key))
        : { ...known, model };
    this.recent.delete(key);
    this.recent.set(key, compiled);
    for (const [oldest] of this.recent) {
      if (this.recent.size <= this.most) break;
      this.recent.delete(oldest);
    }
    return compiled;
  }

  private textOf(model: Model): string {
    const text = this.texts.get(model) ?? modelText(model);
    this.texts.set(model, text);
    return text;
  }

  /** To look for the code of a small model takes as long as to make it. */
  private keptFor(model: Model, key: string): KeptCode | null {
    return waysToBe(model) < this.fewest ? null : (this.shelf?.open(key) ?? null);
  }
}

/** The property of the global object that may hold a `CodeCache`. */
export const codeCacheKey: unique symbol = Symbol.for("lockdep-lab.code-cache");

/** A cache may be that of another copy of this module: a notebook's kernel has one of its own. */
const isCache = (of: unknown): of is CodeCache =>
  typeof of === "object" && of !== null && "compile" in of;

/** Returns the cache that the place where this runs has put up, or null: then all code is made anew. */
export function hostCodeCache(): CodeCache | null {
  const cache: unknown = Reflect.get(globalThis, codeCacheKey);
  return isCache(cache) ? cache : null;
}
