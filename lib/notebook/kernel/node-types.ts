/**
 * The declarations of Node itself, two megabytes, of which most notebooks need `console`: the others are read when a
 * cell does not compile without them or imports something else than the lab, and when an editor asks.
 */
import type ts from "typescript";

/** What a kernel's compiler knows of Node. */
export interface NodeTypes {
  /** Makes it all, and returns whether it was less before. */
  readonly readAll: () => boolean;
}

/** What a program begins with. */
interface Beginning {
  readonly roots: readonly string[];
  readonly options: ts.CompilerOptions;
}

/** Node's `console` alone, until the rest is asked for. */
export class NodeTypesOnDemand implements NodeTypes {
  #roots: readonly string[] = [];
  #rest: string | null = null;
  #watched: Watched | null = null;

  constructor(
    private readonly typescript: typeof ts,
    private readonly createWatchProgram: (host: unknown) => unknown,
  ) {}

  /** Returns what a program begins with that was to begin with all of `@types`. */
  begin(roots: readonly string[], options: ts.CompilerOptions): Beginning {
    const { sys, resolveTypeReferenceDirective } = this.typescript;
    const folder = options.typeRoots?.find((root) => sys.directoryExists(`${root}/node`)) ?? "";
    const ofConsole = `${folder}/node/console.d.ts`;
    const all = resolveTypeReferenceDirective("node", undefined, options, sys);
    const file = all.resolvedTypeReferenceDirective?.resolvedFileName;
    // Without `types` all of node_modules/@types would be read.
    if (file === undefined || !sys.fileExists(ofConsole)) {
      return { roots, options: { ...options, types: ["node"] } };
    }
    this.#roots = roots;
    this.#rest = file;
    return { roots: [...roots, ofConsole], options: { ...options, types: [] } };
  }

  /** Stands for TypeScript's `createWatchProgram`. */
  readonly watch = (host: unknown): unknown => {
    const watched = this.createWatchProgram(host);
    if (isWatched(watched)) this.#watched = watched;
    return watched;
  };

  readonly readAll = (): boolean => {
    if (this.#rest === null || this.#watched === null) return false;
    this.#watched.updateRootFileNames([...this.#roots, this.#rest]);
    this.#rest = null;
    return true;
  };
}

interface Watched {
  updateRootFileNames(roots: readonly string[]): void;
}

const isWatched = (program: unknown): program is Watched =>
  typeof program === "object" && program !== null && "updateRootFileNames" in program;
