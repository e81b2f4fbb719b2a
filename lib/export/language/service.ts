/** TypeScript's language service over the cells of a page: what is wrong, what would fit, what a name is. */
import ts from "typescript";
import { cellModules, packageFolder, type CellModule } from "./cell-modules.js";
import { lostConditions } from "../../notebook/lab-values/index.js";
import type { CellText, Completions, Hover, Problem } from "./messages.js";

/** Declaration files by their paths: those of the lab and of the language. */
export type Declarations = Readonly<Record<string, string>>;

/** Answers about the last of the cells given; positions are offsets into its text. */
export interface LanguageService {
  readonly problems: (cells: readonly CellText[]) => Problem[];
  readonly completions: (cells: readonly CellText[], at: number) => Completions | null;
  readonly hover: (cells: readonly CellText[], at: number) => Hover | null;
}

/** Where the declarations of the language are. */
export const libraryFolder = "/lib";

const labEntry = `${packageFolder}/dist/index.d.ts`;

/** As a cell is checked in JupyterLab: `strict`, and nothing beyond it. */
const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.webworker.d.ts"],
  types: [],
  noEmit: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
};

/** Returns the service; its first answer takes as long as reading all declarations. */
export function createLanguageService(declarations: Declarations): LanguageService {
  const host = createHost(declarations);
  const service = ts.createLanguageService(host);
  const last = (cells: readonly CellText[]): CellModule | undefined => {
    const modules = cellModules(cells);
    host.give(modules);
    return modules.at(-1);
  };
  return {
    problems: (cells) => {
      const module = last(cells);
      if (module === undefined) return [];
      const { file } = module;
      const size = cells.at(-1)?.source.length ?? 0;
      return [
        ...service.getSyntacticDiagnostics(file),
        ...service.getSemanticDiagnostics(file),
        ...lostIn(service.getProgram(), file),
      ]
        .map((diagnostic) => problemOf(diagnostic, module.start, size))
        .filter((problem) => problem !== undefined);
    },
    completions: (cells, at) => {
      const module = last(cells);
      return module === undefined ? null : completionsAt(service, module, at);
    },
    hover: (cells, at) => {
      const module = last(cells);
      return module === undefined ? null : hoverAt(service, module, at);
    },
  };
}

interface Host extends ts.LanguageServiceHost {
  /** Replaces the cells. */
  readonly give: (modules: readonly CellModule[]) => void;
}

function createHost(declarations: Declarations): Host {
  const cells = new Map<string, { readonly text: string; readonly version: number }>();
  const read = (file: string): string | undefined => cells.get(file)?.text ?? declarations[file];
  const folders = new Set<string>(["/", "/cells"]);
  for (const file of Object.keys(declarations)) {
    for (let end = file.lastIndexOf("/"); end > 0; end = file.lastIndexOf("/", end - 1)) {
      folders.add(file.slice(0, end));
    }
  }
  return {
    give: (modules) => {
      for (const { file, text } of modules) {
        const known = cells.get(file);
        if (known?.text !== text) cells.set(file, { text, version: (known?.version ?? 0) + 1 });
      }
    },
    getCompilationSettings: () => options,
    // The lab is there before any cell imports it: its names are offered.
    getScriptFileNames: () => [labEntry, ...cells.keys()],
    getScriptVersion: (file) => String(cells.get(file)?.version ?? 0),
    getScriptSnapshot: (file) => {
      const text = read(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => "/cells",
    getDefaultLibFileName: () => `${libraryFolder}/lib.es2023.d.ts`,
    fileExists: (file) => read(file) !== undefined,
    readFile: read,
    directoryExists: (folder) => folders.has(folder),
    getDirectories: () => [],
  };
}

type Complaint = Pick<ts.Diagnostic, "start" | "length" | "messageText">;

/** What TypeScript lets pass: JavaScript's own operators on values of the lab. */
function lostIn(program: ts.Program | undefined, name: string): Complaint[] {
  const file = program?.getSourceFile(name);
  if (program === undefined || file === undefined) return [];
  return lostConditions(ts, program.getTypeChecker(), file).map(({ message, ...at }) => ({
    ...at,
    messageText: message,
  }));
}

/** Undefined for what is wrong outside of the cell's own text: the cell above says it. */
function problemOf(
  { start, length, messageText }: Complaint,
  begin: number,
  size: number,
): Problem | undefined {
  const from = (start ?? 0) - begin;
  if (from < 0 || from > size) return undefined;
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  return { from, to: Math.min(size, from + (length ?? 0)), message, language: "TypeScript" };
}

/** How TypeScript sorts names of the language and of the browser: behind all others. */
const globalNames = "15";

function completionsAt(
  service: ts.LanguageService,
  module: CellModule,
  at: number,
): Completions | null {
  const found = service.getCompletionsAtPosition(module.file, module.start + at, {});
  if (found === undefined) return null;
  const word = /[\w$]*$/.exec(module.text.slice(module.start, module.start + at))?.[0] ?? "";
  const all = found.entries.map(({ name, kind, sortText }) => ({
    label: name,
    kind,
    imports: false,
    near: sortText < globalNames,
  }));
  const known = new Set(all.map(({ label }) => label));
  const others = found.isGlobalCompletion ? exportsOfLab(service) : [];
  const more = others.flatMap(({ label, kind }) =>
    known.has(label) ? [] : [{ label, kind, imports: true, near: false }],
  );
  return { from: at - word.length, all: [...all, ...more] };
}

function exportsOfLab(service: ts.LanguageService): { label: string; kind: string }[] {
  const program = service.getProgram();
  const entry = program?.getSourceFile(labEntry);
  const checker = program?.getTypeChecker();
  const symbol = entry === undefined ? undefined : checker?.getSymbolAtLocation(entry);
  if (symbol === undefined || checker === undefined) return [];
  return checker
    .getExportsOfModule(symbol)
    .map(({ name, flags }) => ({ label: name, kind: kindOf(flags) }));
}

function kindOf(flags: ts.SymbolFlags): string {
  if ((flags & ts.SymbolFlags.Function) !== 0) return "function";
  return (flags & ts.SymbolFlags.Value) !== 0 ? "const" : "type";
}

function hoverAt(service: ts.LanguageService, module: CellModule, at: number): Hover | null {
  const info = service.getQuickInfoAtPosition(module.file, module.start + at);
  if (info === undefined) return null;
  const from = info.textSpan.start - module.start;
  return {
    from,
    to: from + info.textSpan.length,
    declaration: ts.displayPartsToString(info.displayParts),
    words: ts.displayPartsToString(info.documentation),
  };
}
