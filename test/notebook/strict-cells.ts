import { dirname, join } from "node:path";
import ts from "typescript";
import type { Cell } from "../../lib/notebook/document/notebook.js";

/** What the cells import, and the language's own library: read once for all notebooks. */
const sources = new Map<string, ts.SourceFile | undefined>();

/**
 * Checks cells as one module with the compiler and, but for two, the options of the lab's own
 * sources, stricter than either kernel, and returns its complaints, each with the cell's id.
 *
 * @param folder where the notebook is: its imports resolve from there
 */
export function complaintsAbout(cells: readonly Cell[], folder: string): string[] {
  const code = cells.filter(({ kind }) => kind === "code");
  const starts: number[] = [];
  let text = "export {};\n";
  for (const { source } of code) {
    starts.push(text.length);
    text += `${source}\n`;
  }
  const file = join(folder, "cells.ts");
  const options = readOptions(join(dirname(folder), "tsconfig.json"));
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.getSourceFile = (name, version, ...rest) => {
    if (name === file) return ts.createSourceFile(name, text, version);
    const known = sources.get(name) ?? readSource(name, version, ...rest);
    sources.set(name, known);
    return known;
  };
  host.fileExists = (name) => name === file || exists(name);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(file))
    .filter((diagnostic) => diagnostic.file?.fileName === file)
    .map(({ start = 0, messageText }) => {
      const index = starts.findLastIndex((begin) => begin <= start);
      const id = code[index]?.id ?? "(none)";
      const line = text.slice(starts[index], start).split("\n").length;
      return `${id}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
}

function readOptions(file: string): ts.CompilerOptions {
  const config: unknown = ts.readConfigFile(file, (name) => ts.sys.readFile(name)).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file));
  const ofBuilds = new Set(["tsBuildInfoFile", "incremental", "rootDir", "outDir"]);
  const rest = Object.entries(options).filter(([name]) => !ofBuilds.has(name));
  // A cell's results are for the reader: a name that no later cell uses is no mistake, and an
  // option that may be undefined need not be left out.
  return {
    ...Object.fromEntries(rest),
    noEmit: true,
    noUnusedLocals: false,
    exactOptionalPropertyTypes: false,
  };
}
