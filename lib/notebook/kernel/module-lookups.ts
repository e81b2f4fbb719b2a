/** Modules that a compiler's host need not look for, since it is known where they are or that they are nowhere. */
import type ts from "typescript";

/** The lab's modules, as the types of earlier cells name them. */
const ofTheLab = /^(lockdep-lab)\/dist\/.*/;

/** The packages that may stand for TypeScript's own declarations: forty names in every folder upwards, for each program. */
const insteadOfTypeScripts = "@typescript/lib-";

const nowhere: ts.ResolvedModuleWithFailedLookupLocations = { resolvedModule: undefined };

/** What is not looked for. */
export class ModuleLookups {
  private readonly known = new WeakSet<object>();

  /**
   * Makes a host find the lab's modules where all are declared, in the file that `lockdep-lab` is: the types of earlier
   * cells name the modules that declare them, and a hundred files would be read beside it that say the same. Packages
   * that stand for TypeScript's own declarations are none of a notebook's.
   */
  spare(host: ts.CompilerHost | undefined): void {
    if (host === undefined || this.known.has(host)) return;
    this.known.add(host);
    const find = host.resolveModuleNameLiterals?.bind(host);
    if (find !== undefined) {
      host.resolveModuleNameLiterals = (names, ...rest) =>
        find(
          names.map((name) => ({ ...name, text: name.text.replace(ofTheLab, "$1") })),
          ...rest,
        );
    }
    const cache = host.getModuleResolutionCache?.();
    if (cache === undefined) return;
    const cached = cache.getFromDirectoryCache.bind(cache);
    cache.getFromDirectoryCache = (name, ...rest) =>
      name.startsWith(insteadOfTypeScripts) ? nowhere : cached(name, ...rest);
  }
}
