/** Bundles the browser's part of an export with esbuild: scripts as text, ready to be put in a page. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { cacheFolder } from "../host/cache-folder.js";
import { keptBundle, sourcesPrint } from "./kept-bundles.js";
import { readDeclarations } from "./language/declarations.js";

/** The programs of `page/`. */
export type Program =
  | "static"
  | "print/handout"
  | "live"
  | "worker"
  | "language/worker"
  | "slides"
  | "search"
  | "mermaid";

/** Bundles that are made once and shared by all files of one export. */
export interface Bundles {
  readonly program: (name: Program) => Promise<string>;
  readonly plotly: () => Promise<string>;
  readonly styles: (...names: readonly string[]) => Promise<string>;
  readonly katexStyles: () => Promise<string>;
}

const require = createRequire(import.meta.url);
/** The sources, also when this module runs from the build: esbuild reads TypeScript itself. */
const pages = fileURLToPath(new URL("../../lib/export/page/", import.meta.url));

/** The folder of the project, with what was built. */
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What cells import by the package's name. */
const labEntry = fileURLToPath(new URL("../../lib/index.ts", import.meta.url));

/** Returns the bundles of one export; each is made, or found as it was made, when it is first asked for. */
export function createBundles(): Bundles {
  const folder = cacheFolder("bundles", process.env);
  let print: string | null = null;
  const sources = (): string => (print ??= sourcesPrint(root));
  const made = new Map<string, Promise<string>>();
  const once = (key: string, make: () => Promise<string>): Promise<string> => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
  return {
    program: (name) =>
      once(name, () => keptBundle(folder, sources(), name, () => bundleProgram(name))),
    plotly: () =>
      once("plotly", () => readFile(require.resolve("plotly.js/dist/plotly-basic.min.js"), "utf8")),
    styles: async (...names) => {
      const sheets = names.map((name) => once(`${name}.css`, () => bundleStyles(name)));
      return (await Promise.all(sheets)).join("");
    },
    katexStyles: () => once("katex", katexStyles),
  };
}

async function bundleProgram(name: Program): Promise<string> {
  const result = await build({
    entryPoints: [join(pages, `${name}.ts`)],
    bundle: true,
    write: false,
    minifyWhitespace: true,
    minifySyntax: true,
    // What a cell prints names the lab's classes: they keep their names where cells run.
    minifyIdentifiers: name !== "worker",
    format: "iife",
    target: ["chrome123", "firefox120", "safari17.5"],
    legalComments: "none",
    charset: "utf8",
    logLevel: "silent",
    alias: { "lockdep-lab": labEntry },
    // The C parser makes an address from it, though it is given its module as bytes and asks for none.
    define: { "import.meta.url": '"https://lockdep-lab.invalid/"' },
    loader: { ".css": "text", ".wasm": "binary" },
    plugins: [...(name === "mermaid" ? [fewDiagrams] : []), declarations],
  });
  return result.outputFiles[0]?.text ?? "";
}

/** The lab's declaration files as a module, for the program that checks cells. */
const declarations: Plugin = {
  name: "declarations",
  setup(within) {
    within.onResolve({ filter: /^lab:declarations$/ }, ({ path }) => ({
      path,
      namespace: "declarations",
    }));
    within.onLoad({ filter: /./, namespace: "declarations" }, async () => ({
      contents: JSON.stringify(await readDeclarations(root)),
      loader: "json",
    }));
  },
};

async function bundleStyles(name: string): Promise<string> {
  const result = await build({
    entryPoints: [join(pages, "styles", `${name}.css`)],
    bundle: true,
    write: false,
    minify: true,
    legalComments: "none",
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
}

/** KaTeX's sheet with its fonts inside: one kind of font file is enough. */
async function katexStyles(): Promise<string> {
  const folder = dirname(require.resolve("katex/dist/katex.min.css"));
  const sheet = await readFile(join(folder, "katex.min.css"), "utf8");
  const oneKind = sheet.replace(
    /(url\([^)]*\.woff2\) format\("woff2"\))(?:,url\([^)]*\) format\("[^"]*"\))+/g,
    "$1",
  );
  const result = await build({
    stdin: { contents: oneKind, resolveDir: folder, loader: "css" },
    bundle: true,
    write: false,
    minify: true,
    loader: { ".woff2": "dataurl" },
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
}

/** Diagrams that the lab draws; each other one would bring its own layout engine along. */
const drawn = /(?:flowDiagram|sequenceDiagram|stateDiagram|classDiagram|dagre|sizeCapture)/;

/** Leaves the kinds of diagram out of Mermaid that no notebook uses: a third of its size stays. */
const fewDiagrams: Plugin = {
  name: "few-diagrams",
  setup(within) {
    within.onResolve({ filter: /./ }, ({ kind, path, importer }) =>
      kind === "dynamic-import" &&
      /[\\/](?:mermaid|@mermaid-js)[\\/]/.test(importer) &&
      !drawn.test(path)
        ? { path, namespace: "absent" }
        : undefined,
    );
    within.onResolve(
      { filter: /^(?:cytoscape.*|@mermaid-js\/parser|roughjs)$/ },
      ({ path, importer }) =>
        /[\\/]mermaid[\\/]/.test(importer) && !path.startsWith("roughjs")
          ? { path, namespace: "absent" }
          : undefined,
    );
    within.onLoad({ filter: /./, namespace: "absent" }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`this page's Mermaid has no ${path}`)});export const parse = null, diagram = null, render = null; export default null;`,
    }));
  },
};
