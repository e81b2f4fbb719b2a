/** Generated code in the user's cache folder: a file a model, with V8's bytecode beside the source. */
import { Script } from "node:vm";
import { deserialize, serialize } from "node:v8";
import type { CodeShelf, KeptCode, Learnt } from "../explore/codegen/kept-code.js";
import { type CacheFolder, cacheFolder, digestOf } from "./cache-folder.js";
import { generatorPrint } from "./generator-print.js";

/** The source of a function, and V8's bytecode of it. */
interface Kept {
  readonly source: string;
  readonly bytecode: Uint8Array;
}

/** What a file holds. */
interface Stored {
  readonly learnt: Learnt;
  readonly code: ReadonlyMap<string, Kept>;
}

/**
 * Returns the shelf in the user's cache folder; null where `LOCKDEP_LAB_CACHE` is `off`.
 *
 * A file is read only if it is whole, of the same model, generator and Node, and the user's own; whatever
 * else is wrong with it or its folder, code is made anew.
 */
export function codeFiles(environment: NodeJS.ProcessEnv = process.env): CodeShelf | null {
  const folder = cacheFolder("code", environment);
  if (folder === null) return null;
  return {
    open: (modelText) => {
      const key = digestOf(`${generatorPrint()}\n${process.version}\n${modelText}`);
      return new CodeFile(folder, key);
    },
  };
}

/** The code of one model. */
class CodeFile implements KeptCode {
  learnt: Learnt | null;
  private readonly stored: Stored["code"];
  private readonly made = new Map<string, { readonly source: string; readonly script: Script }>();
  /** Whether the file has what is to be kept. */
  private isKept = true;

  constructor(
    private readonly folder: CacheFolder,
    private readonly key: string,
  ) {
    const stored = storedIn(folder.read(key));
    this.learnt = stored?.learnt ?? null;
    this.stored = stored?.code ?? new Map<string, Kept>();
  }

  textOf(name: string): string | null {
    return (this.made.get(name) ?? this.stored.get(name))?.source ?? null;
  }

  make(name: string, text: () => string): unknown {
    const known = this.stored.get(name);
    const source = known?.source ?? text();
    const script = new Script(source, {
      filename: `lockdep-lab:generated/${name.split(" ")[0] ?? ""}`,
      ...(known === undefined ? {} : { cachedData: Buffer.from(known.bytecode) }),
    });
    if (known === undefined || script.cachedDataRejected === true) this.isKept = false;
    this.made.set(name, { source, script });
    return script.runInThisContext();
  }

  keep(learnt: Learnt, names: readonly string[]): void {
    if (this.isKept && this.learnt !== null) return;
    this.isKept = true;
    this.learnt = learnt;
    const code = new Map(
      names.flatMap((name) => {
        const made = this.made.get(name);
        if (made === undefined) return [];
        // Only now: functions are compiled when they are first called.
        return [[name, { source: made.source, bytecode: made.script.createCachedData() }]];
      }),
    );
    this.folder.write(this.key, serialize({ learnt, code } satisfies Stored));
  }
}

/** What a file says; its digest was right, so that it is what this lab wrote. */
function storedIn(bytes: Buffer | null): Stored | null {
  if (bytes === null) return null;
  try {
    const value: unknown = deserialize(bytes);
    return isStored(value) ? value : null;
  } catch {
    return null;
  }
}

const isStored = (value: unknown): value is Stored =>
  typeof value === "object" &&
  value !== null &&
  "learnt" in value &&
  "code" in value &&
  value.code instanceof Map;
