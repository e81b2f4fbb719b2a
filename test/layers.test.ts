import { readFileSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const lib = fileURLToPath(new URL("../lib", import.meta.url));

/** The layers from the bottom up; each may import itself and the layers named here. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  primitives: [],
  lockdep: ["primitives"],
  machine: ["primitives"],
  explore: ["primitives", "machine"],
  verdict: ["primitives", "machine", "lockdep", "explore"],
  kvm: ["primitives", "machine", "lockdep", "explore", "verdict"],
  cases: ["primitives", "machine", "lockdep", "explore"],
  splat: ["primitives", "machine", "lockdep"],
  views: ["primitives", "machine", "lockdep", "explore", "verdict", "kvm", "cases", "splat"],
  notebook: [
    "primitives",
    "machine",
    "lockdep",
    "explore",
    "verdict",
    "kvm",
    "cases",
    "splat",
    "views",
  ],
  export: [
    "primitives",
    "machine",
    "lockdep",
    "explore",
    "verdict",
    "kvm",
    "cases",
    "splat",
    "views",
    "notebook",
  ],
};
const core = [
  "primitives",
  "lockdep",
  "machine",
  "explore",
  "verdict",
  "kvm",
  "cases",
  "splat",
  "views",
];

/** The rooms of a layer, in the way of the data: each may import itself and the rooms before it. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  explore: [
    "result",
    "analysis",
    "codegen",
    "search",
    "deadlock",
    "counterexample",
    "promela.ts",
    "explore.ts",
    "query",
  ],
};

interface Import {
  readonly file: string;
  readonly from: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)[^"'`;]*?from\s+["']([^"']+)["']|import\(\s*["']([^"']+)["']/g,
  );
  return [...found].map((m) => ({ file, from: m[1] ?? m[2] ?? "" }));
}

const layerOf = (file: string): string => relative(lib, file).split("/")[0] ?? "";

const files = readdirSync(lib, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join(lib, name));

describe("the import direction", () => {
  it("runs one way between the layers", () => {
    const wrong = files.flatMap(importsOf).filter(({ file, from }) => {
      const own = layerOf(file);
      const may = allowed[own];
      if (may === undefined || !from.startsWith(".")) return false;
      const target = layerOf(resolve(dirname(file), from));
      return target !== own && !may.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(rooms))("runs one way between the rooms of %s", (layer) => {
    const order = rooms[layer] ?? [];
    const roomOf = (file: string): number => {
      const [of = "", room = ""] = relative(lib, file).replace(/\.js$/, ".ts").split("/");
      return of === layer ? order.indexOf(room) : -1;
    };
    const wrong = files.flatMap(importsOf).filter(({ file, from }) => {
      const target = from.startsWith(".") ? roomOf(resolve(dirname(file), from)) : -1;
      return roomOf(file) >= 0 && target > roomOf(file);
    });
    expect(wrong).toEqual([]);
    const folders = readdirSync(join(lib, layer), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.filter((name) => !order.includes(name))).toEqual([]);
  });

  it("keeps Node's own modules out of the core", () => {
    const node = new Set(builtinModules);
    const wrong = files
      .filter((file) => core.includes(layerOf(file)))
      .flatMap(importsOf)
      .filter(({ from }) => from.startsWith("node:") || node.has(from));
    expect(wrong).toEqual([]);
  });

  it("knows every folder of lib", () => {
    const folders = new Set(files.map(layerOf).filter((name) => !name.endsWith(".ts")));
    expect([...folders].filter((f) => !(f in allowed) && f !== "cli")).toEqual([]);
  });
});
