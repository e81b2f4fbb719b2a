/**
 * Makes tslab's own compiler strict, lets it refuse JavaScript's operators on values of the lab, lets it find the names
 * of earlier cells, and spares it the type packages of the lab's own libraries and, until a cell needs them, those of
 * Node: tslab takes no tsconfig.json, so its one call that names the options is given two more. Must run before
 * `tslab/dist/converter.js` is loaded.
 */
import { createRequire } from "node:module";
import type ts from "typescript";
import { keptModule } from "../../host/kept-module.js";
import { lostConditions } from "../lab-values/index.js";
import { type CellPrograms, makeLightPrograms } from "./cell-programs.js";
import { visitingEarlierNames } from "./earlier-names.js";
import { NodeTypesOnDemand, type NodeTypes } from "./node-types.js";

/** What the kernel may say to its compiler. */
export interface StrictTypeScript {
  readonly nodeTypes: NodeTypes;
  /** A cell is to be converted. */
  readonly beginCell: CellPrograms["beginCell"];
}

/** Replaces the TypeScript that tslab will load with one whose programs are strict, and know little of Node at first. */
export function makeTslabStrict(): StrictTypeScript {
  const fromTslab = createRequire(createRequire(import.meta.url).resolve("tslab/dist/jupyter.js"));
  const name = fromTslab.resolve("@tslab/typescript-for-tslab");
  const { module: loaded, keep } = keptModule(fromTslab, name);
  const typescript: unknown = loaded.exports;
  if (!isTypeScript(typescript)) {
    throw new Error("this tslab has another TypeScript than 1.0.22: run npm ci");
  }
  const named: Record<string, unknown> = typescript;
  const { createWatchCompilerHost, createWatchProgram } = named;
  if (!isFunction(createWatchCompilerHost) || !isFunction(createWatchProgram)) {
    throw new Error("this TypeScript watches no files");
  }
  const { getPreEmitDiagnosticsOfFiles } = named;
  if (!isFunction(getPreEmitDiagnosticsOfFiles)) {
    throw new Error("this TypeScript is not tslab's own: run npm ci");
  }
  const ofNode = new NodeTypesOnDemand(typescript, createWatchProgram);
  let programs: CellPrograms | null = null;
  loaded.exports = {
    ...typescript,
    visitEachChild: visitingEarlierNames(typescript),
    createWatchCompilerHost: (
      roots: readonly string[],
      options: ts.CompilerOptions,
      ...rest: readonly unknown[]
    ) => {
      const begun = ofNode.begin(roots, { ...options, strict: true });
      const host = createWatchCompilerHost(begun.roots, begun.options, ...rest);
      programs = makeLightPrograms(typescript, host);
      return host;
    },
    createWatchProgram: ofNode.watch,
    getPreEmitDiagnosticsOfFiles: (program: ts.Program, files: readonly ts.SourceFile[]) => [
      ...(getPreEmitDiagnosticsOfFiles(program, files) as readonly ts.Diagnostic[]),
      ...files.flatMap((file) => lostIn(typescript, program, file)),
    ],
  };
  let cells = 0;
  return {
    nodeTypes: ofNode,
    beginCell: () => {
      programs?.beginCell();
      cells += 1;
      if (cells === telling) keep();
    },
  };
}

/** After so many cells most of the compiler that cells need was called. */
const telling = 10;

function lostIn(typescript: typeof ts, program: ts.Program, file: ts.SourceFile): ts.Diagnostic[] {
  return lostConditions(typescript, program.getTypeChecker(), file).map(({ message, ...at }) => ({
    ...at,
    file,
    messageText: message,
    category: typescript.DiagnosticCategory.Error,
    code: ownCode,
  }));
}

/** TypeScript's own codes begin at 1000. */
const ownCode = 1;

const isFunction = (of: unknown): of is (...given: readonly unknown[]) => unknown =>
  typeof of === "function";

const isTypeScript = (module: unknown): module is typeof ts =>
  typeof module === "object" &&
  module !== null &&
  "createWatchCompilerHost" in module &&
  "visitEachChild" in module;
