import { builtinModules } from "node:module";
import { describe, expect, it } from "vitest";
import { allImports, circles, layerOf, roomOf, type Import } from "./imports.js";

/** The layers from the bottom up; each may import those before it. */
const layers = [
  "primitives",
  "lockdep",
  "machine",
  "explore",
  "verdict",
  "kernel-c",
  "kvm",
  "atlas",
  "splat",
  "views",
  "host",
  "notebook",
  "export",
  "cli",
];
const core = layers.slice(0, layers.indexOf("host"));

/** The rooms of a layer in the way of the data; each may import those before it. */
const roomsInOrder: Readonly<Record<string, readonly string[]>> = {
  machine: [
    "language",
    "kernel",
    "kernel-locks",
    "kernel-wait",
    "kernel-irq",
    "kernel-rcu",
    "kernel-maps",
    "kernel-sched",
    "model",
    "translate",
    "run",
    "waits",
  ],
  explore: [
    "result",
    "analysis",
    "codegen",
    "parallel",
    "search",
    "deadlock",
    "counterexample",
    "changelog",
    "promela",
    "explore",
    "query",
  ],
  kvm: ["variations", "c", "kvm", "study", "bench"],
  views: ["draw", "trace", "timeline", "graphs", "player", "tables", "report"],
  notebook: ["jupyter", "document", "client", "kernel"],
};

const imports = allImports();
const isOfLib = ({ to }: Import): boolean => /\.(?:ts|mjs)$/.test(to);
const inLayers = imports.filter((one) => isOfLib(one) && one.from.includes("/"));

/** Arrows between groups of files, each once; none from a group to itself. */
function arrowsBetween(of: readonly Import[], group: (file: string) => string): readonly Import[] {
  const arrows = new Map<string, Import>();
  for (const one of of) {
    const arrow = { from: group(one.from), to: group(one.to) };
    if (arrow.from !== arrow.to) arrows.set(`${arrow.from} ${arrow.to}`, arrow);
  }
  return [...arrows.values()];
}

/** What may import what: as much as is used, and no more. */
function permissions(arrows: readonly Import[]): readonly string[] {
  const by = new Map<string, string[]>();
  for (const { from, to } of arrows) by.set(from, [...(by.get(from) ?? []), to]);
  return [...by]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, to]) => `${from} -> ${[...to].sort().join(", ")}`);
}

/** A folder of a layer; what lies beside the folders is held by the order of the layers alone. */
const isRoom = (name: string): boolean => rooms.has(name);

const rooms = new Set(
  imports
    .map(({ from }) => from)
    .filter((f) => f.split("/").length > 2)
    .map(roomOf),
);
const layerArrows = arrowsBetween(inLayers, layerOf);
const roomArrows = arrowsBetween(
  inLayers.filter(({ from, to }) => layerOf(from) === layerOf(to)),
  roomOf,
);

describe("the import direction", () => {
  it("runs one way between the layers", () => {
    const wrong = inLayers.filter(({ from, to }) => {
      const [own, other] = [layers.indexOf(layerOf(from)), layers.indexOf(layerOf(to))];
      return own >= 0 && other > own;
    });
    expect(wrong).toEqual([]);
  });

  it("runs one way between the rooms of a layer", () => {
    const place = (room: string): number => {
      const [layer = "", name = ""] = room.split("/");
      return roomsInOrder[layer]?.indexOf(name) ?? -1;
    };
    const wrong = roomArrows.filter(({ from, to }) => place(from) >= 0 && place(to) > place(from));
    expect(wrong).toEqual([]);
  });

  it("knows every folder of lib", () => {
    const folders = new Set(
      imports
        .map(({ from }) => from)
        .filter((f) => f.includes("/"))
        .map(layerOf),
    );
    expect([...folders].filter((f) => !layers.includes(f) && f !== "setup")).toEqual([]);
  });

  it("has no circle of files, of types neither", () => {
    expect(circles(inLayers)).toEqual([]);
  });

  it("has no circle of rooms", () => {
    expect(circles(roomArrows)).toEqual([]);
  });

  it("is told from a circle by the search for one", () => {
    const arrow = (from: string, to: string): Import => ({ from, to });
    const chain = [arrow("a", "b"), arrow("b", "c"), arrow("a", "c"), arrow("d", "a")];
    expect(circles(chain)).toEqual([]);
    expect(circles([...chain, arrow("c", "a"), arrow("e", "e")])).toEqual([["a", "b", "c"], ["e"]]);
  });

  it("is as narrow as the code: what imports what is listed; `npx vitest run test/layers.test.ts -u` lists it anew", async () => {
    const inside = permissions(roomArrows.filter(({ from, to }) => isRoom(from) && isRoom(to)));
    const text = ["Layers", ...permissions(layerArrows), "", "Rooms", ...inside, ""].join("\n");
    await expect(text).toMatchFileSnapshot("./layers.txt");
  });

  it("keeps Node's own modules out of the core", () => {
    const node = new Set(builtinModules);
    const wrong = imports.filter(
      ({ from, to }) => core.includes(layerOf(from)) && (to.startsWith("node:") || node.has(to)),
    );
    expect(wrong).toEqual([]);
  });
});
