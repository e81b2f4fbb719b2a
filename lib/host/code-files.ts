/** Generated code in the user's cache folder: a file a model, with V8's bytecode beside the source. */
import { Script } from "node:vm";
import { deserialize, serialize } from "node:v8";
import type { Engine } from "../explore/codegen/engine-functions.js";
import type {
  CodeShelf,
  EngineNames,
  EngineSize,
  KeptCode,
  Learnt,
} from "../explore/codegen/kept-code.js";
import { type CacheFolder, cacheFolder, digestOf } from "./cache-folder.js";
import { generatorPrint } from "./generator-print.js";
import { flagsIn } from "./kept-script.js";
import { ModuleEngines } from "./wasm/engine.js";
import { moduleOf } from "./wasm/module.js";
import { loadParser } from "./wasm/parser.js";

/** The source of a function, and V8's bytecode of it; that is null where a module stands for it. */
interface Kept {
  readonly source: string;
  readonly bytecode: Uint8Array | null;
}

/** A WebAssembly module for the engine of a name. */
interface KeptModule {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a file holds. */
interface Stored {
  readonly learnt: Learnt;
  readonly code: ReadonlyMap<string, Kept>;
  readonly module: KeptModule | null;
}

/** A search of so many states is worth a module: that takes half of a second's search of them to make. */
const worthModule = 40_000;

/**
 * Returns the shelf in the user's cache folder; null where `LOCKDEP_LAB_CACHE` is `off`.
 *
 * A file is read only if it is whole, of the same model, generator and Node, and the user's own; whatever
 * else is wrong with it or its folder, code is made anew.
 *
 * @param statesForModule from how many states on a search leaves a WebAssembly module instead of bytecode
 */
export function codeFiles(
  environment: NodeJS.ProcessEnv = process.env,
  statesForModule = worthModule,
): CodeShelf | null {
  const folder = cacheFolder("code", environment);
  if (folder === null) return null;
  return {
    open: (modelText) => {
      const made = [generatorPrint(), process.version, flagsIn(environment), modelText];
      const key = digestOf(made.join("\n"));
      return new CodeFile(folder, key, statesForModule);
    },
  };
}

/** The code of one model. */
class CodeFile implements KeptCode {
  learnt: Learnt | null;
  private readonly stored: Stored["code"];
  private readonly module: KeptModule | null;
  private engines: ModuleEngines | null = null;
  private readonly made = new Map<string, { readonly source: string; readonly script: Script }>();
  /** Whether the file has what is to be kept. */
  private isKept = true;

  constructor(
    private readonly folder: CacheFolder,
    private readonly key: string,
    private readonly statesForModule: number,
  ) {
    const stored = storedIn(folder.read(key));
    this.learnt = stored?.learnt ?? null;
    this.stored = stored?.code ?? new Map<string, Kept>();
    this.module = stored?.module ?? null;
  }

  engine(name: string, size: EngineSize): Engine | null {
    if (this.module?.name !== name) return null;
    this.engines ??= new ModuleEngines(this.module.bytes);
    return this.engines.engine(size);
  }

  moduleOf(name: string): Uint8Array | null {
    return this.module?.name === name ? this.module.bytes : null;
  }

  textOf(name: string): string | null {
    return (this.made.get(name) ?? this.stored.get(name))?.source ?? null;
  }

  make(name: string, text: () => string): unknown {
    const known = this.stored.get(name);
    const source = known?.source ?? text();
    const bytecode = known?.bytecode ?? null;
    const script = new Script(source, {
      filename: `lockdep-lab:generated/${name.split(" ")[0] ?? ""}`,
      ...(bytecode === null ? {} : { cachedData: Buffer.from(bytecode) }),
    });
    if (bytecode === null || script.cachedDataRejected === true) this.isKept = false;
    this.made.set(name, { source, script });
    return script.runInThisContext();
  }

  keep(learnt: Learnt, names: EngineNames, size: EngineSize): void {
    if (this.isKept && this.learnt !== null) return;
    this.isKept = true;
    this.learnt = learnt;
    const module = this.moduleFor(learnt, names, size);
    const code = new Map(
      [names.steps, names.search, names.seen].flatMap((name) => {
        const made = this.made.get(name);
        if (made === undefined) return [];
        // Only now: functions are compiled when they are first called.
        const bytecode = module === null ? made.script.createCachedData() : null;
        return [[name, { source: made.source, bytecode }]];
      }),
    );
    this.folder.write(this.key, serialize({ learnt, code, module } satisfies Stored));
  }

  private moduleFor(
    { states }: Learnt,
    { steps, search: name, seen }: EngineNames,
    size: EngineSize,
  ): KeptModule | null {
    const [first, search, rest] = [steps, name, seen].map((of) => this.textOf(of));
    if (first == null || search == null || rest == null) return null;
    if (states < this.statesForModule) return null;
    const bytes = moduleOf({ steps: first, search, seen: rest }, size, loadParser());
    return bytes === null ? null : { name, bytes };
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
  "module" in value &&
  "code" in value &&
  value.code instanceof Map;
