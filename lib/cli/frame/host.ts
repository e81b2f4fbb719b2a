/** What the core can do without, and Node has: kept code and translations, threads, free memory. */
import { CodeCache, codeCacheKey } from "../../explore/codegen/code-cache.js";
import { threadsKey } from "../../explore/parallel/threads.js";
import { freeMemoryKey } from "../../explore/search/host-memory.js";
import { codeFiles } from "../../host/code-files.js";
import { freeMegabytes } from "../../host/free-memory.js";
import { keptTranslations } from "../../host/kept-translations.js";
import { nodeThreads } from "../../host/node-threads.js";
import { translationsKey } from "../../machine/translate/kept-translations.js";

/** Gives the core of this process what Node has. */
export function provideHost(): void {
  Object.assign(globalThis, {
    // One command explores alike models in a row: a matrix, a benchmark; and the next command the same ones.
    [codeCacheKey]: new CodeCache(8, codeFiles()),
    [translationsKey]: keptTranslations(),
    [threadsKey]: nodeThreads(),
    [freeMemoryKey]: freeMegabytes,
  });
}
