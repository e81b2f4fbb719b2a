/** What the core can do without, and Node has: kept code and translations, threads, free memory. */
import { CodeCache, codeCacheKey } from "../explore/codegen/code-cache.js";
import { threadsKey } from "../explore/parallel/threads.js";
import { freeMemoryKey } from "../explore/search/host-memory.js";
import { translationsKey } from "../machine/translate/kept-translations.js";
import { codeFiles } from "./code-files.js";
import { freeMegabytes } from "./free-memory.js";
import { keptTranslations } from "./kept-translations.js";
import { nodeThreads } from "./node-threads.js";

/** Gives the core of this process what Node has, unless a command or a kernel has done so. */
export function provideHost(): void {
  if (codeCacheKey in globalThis) return;
  Object.assign(globalThis, {
    // Alike models are explored in a row, a matrix or a cell run again; and the next process explores them too.
    [codeCacheKey]: new CodeCache(8, codeFiles()),
    [translationsKey]: keptTranslations(),
    [threadsKey]: nodeThreads(),
    [freeMemoryKey]: freeMegabytes,
  });
}
