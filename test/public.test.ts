import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { lib } from "./imports.js";

describe("the public interface", () => {
  it("is what each room makes public: the reference has a page on all of it", () => {
    const rooms = readdirSync(lib, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("public.ts"))
      .map((name) => `./${name.replace(/\.ts$/, ".js")}`);
    const index = readFileSync(join(lib, "index.ts"), "utf8");
    const exported = [...index.matchAll(/^export \* from "([^"]+)";$/gm)].map(([, from]) => from);
    expect(new Set(exported)).toEqual(new Set(rooms));
  });
});

describe("lib/ARCHITECTURE.md", () => {
  const text = readFileSync(join(lib, "ARCHITECTURE.md"), "utf8");

  it("names every layer, and every room that has more than one file", () => {
    const folders = readdirSync(lib, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map(({ parentPath }) => relative(lib, parentPath).split("/"));
    const layers = new Set(folders.flatMap(([layer = ""]) => (layer === "" ? [] : [layer])));
    const rooms = [
      ...new Set(
        folders.flatMap(([layer, room]) => (room === undefined ? [] : [`${layer ?? ""}/${room}`])),
      ),
    ]
      .filter((room) => folders.filter((at) => at.slice(0, 2).join("/") === room).length > 1)
      .map((room) => room.split("/"))
      .filter(([layer]) => layer !== "atlas");
    const missing = [...[...layers].map((layer) => [layer]), ...rooms].filter(
      (at) => !text.includes(`\`${at.at(-1) ?? ""}\``) && !(at.at(-1) ?? "").startsWith("kernel-"),
    );
    expect(missing).toEqual([]);
  });

  it("says where things happen: in files that are there, by names that are in them", () => {
    const [, table = ""] = text.split("## Where it happens");
    const rows = (table.split("\n## ")[0] ?? "")
      .split("\n")
      .filter((row) => /`[a-z-]+\//.test(row));
    expect(rows.length).toBeGreaterThan(10);
    const wrong = rows.filter((row) => {
      const [, , where = "", what = ""] = row.split("|");
      const path = (/`(.+?)`/.exec(where)?.[1] ?? "").concat(".ts");
      const [, name = ""] = /`(\w+)/.exec(what) ?? [];
      if (!existsSync(join(lib, path))) return true;
      const source = readFileSync(join(lib, path), "utf8");
      const isThere = name === "" || new RegExp(`(?:function|class|const) ${name}\\b`).test(source);
      const others = [...what.matchAll(/`([a-z-]+(?:\/[a-z-]+)+)`/g)].map(
        ([, other = ""]) => other,
      );
      return (
        !isThere ||
        !others.every((other) => [other, `${other}.ts`].some((at) => existsSync(join(lib, at))))
      );
    });
    expect(wrong).toEqual([]);
  });

  it("names files of the explorer that are there", () => {
    const [, steps = ""] = text.split("| step |");
    const named = [...(steps.split("\n\n")[0] ?? "").matchAll(/`([a-z-]+\/[a-z/-]+)`/g)].map(
      ([, name = ""]) => name,
    );
    expect(named.length).toBeGreaterThan(10);
    const isThere = (name: string): boolean =>
      [lib, join(lib, "explore")].some((folder) => existsSync(join(folder, `${name}.ts`)));
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });
});
