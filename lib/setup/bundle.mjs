/** The quick commands of `lab` as one file: to read hundreds of modules takes longer than most answers. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fingerprintOfBytes } from "./fingerprint.mjs";

/** What is found by its own place, or has a form for `require()`, or is large and seldom asked for. */
const external = [
  "acorn*",
  "esbuild",
  "tree-sitter-c*",
  "typescript",
  "web-tree-sitter*",
  "@viz-js/viz",
];

/**
 * Writes `lab.cjs`.
 *
 * @param {string} dist the folder with the modules that the compiler has written
 */
export async function writeBundle(dist) {
  // Only now: what is here runs before any package is installed.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(dist, "cli", "quick.js")],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    supported: { "dynamic-import": false },
    external,
    write: false,
    logLevel: "error",
    plugins: [
      {
        name: "what a script lacks that a module has",
        setup: (of) => {
          of.onLoad({ filter: /\.js$/ }, ({ path }) => {
            const own = relative(dist, path).split(sep).join("/");
            if (own.startsWith("..")) return undefined;
            const text = readFileSync(path, "utf8");
            const addressed = text.replaceAll("import.meta.url", `urlOf(${JSON.stringify(own)})`);
            // V8 forgets who imports, where it takes a script's bytecode from a cache.
            return { contents: addressed.replace(/\bimport\((?!["'])/g, "load(") };
          });
        },
      },
    ],
  });
  const [{ text } = { text: "" }] = outputFiles;
  // What esbuild leaves stands in regular expressions. V8 keeps a text in ASCII in half the memory.
  const ascii = text.replace(
    /[^\0-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const made = fingerprintOfBytes(readFileSync(join(dist, ".tsbuildinfo")));
  writeFileSync(
    join(dist, "lab.cjs"),
    `// ${made}\n(function (module, require, urlOf, load) { let exports = module.exports;\n${ascii}\n})`,
  );
}
