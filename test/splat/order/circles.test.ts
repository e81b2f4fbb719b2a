import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { circlesIn, shortestCircle } from "../../../lib/splat/order/circles.js";
import { enoughAlone, smallestCut } from "../../../lib/splat/order/cut.js";
import {
  edgeName,
  graphOf,
  type OrderEdge,
  type OrderGraph,
} from "../../../lib/splat/order/order.js";
import { circleName } from "../../../lib/splat/order/what-if.js";

const order = (from: string, to: string): OrderEdge => ({ from, to, kind: "order", witnesses: [] });

/** `ab bc` is a -> b, b -> c. */
const graph = (text: string): OrderGraph =>
  graphOf(text.split(" ").map((pair) => order(pair[0] ?? "", pair[1] ?? "")));

const anyName = fc.constantFrom("a", "b", "c", "d", "e");

const anyGraph = fc
  .uniqueArray(fc.tuple(anyName, anyName), {
    selector: ([from, to]) => from + to,
    maxLength: 12,
  })
  .map((pairs) => graphOf(pairs.map(([from, to]) => order(from, to))));

/** Every circle by trying every walk, each written from its least class. */
function circlesByHand({ classes, edges }: OrderGraph): readonly string[] {
  const found = new Set<string>();
  const walk = (path: readonly string[]): void => {
    for (const { from, to } of edges) {
      if (from !== path.at(-1)) continue;
      if (to === path[0]) found.add([...path, to].join(" -> "));
      else if (!path.includes(to) && to > (path[0] ?? "")) walk([...path, to]);
    }
  };
  for (const name of classes) walk([name]);
  return [...found].sort();
}

const fromLeast = (name: string): string => {
  const classes = name.split(" -> ").slice(0, -1);
  const at = classes.indexOf([...classes].sort()[0] ?? "");
  const turned = [...classes.slice(at), ...classes.slice(0, at)];
  return [...turned, turned[0]].join(" -> ");
};

const without = (from: OrderGraph, cut: readonly OrderEdge[]): OrderGraph => ({
  ...from,
  edges: from.edges.filter((edge) => !cut.includes(edge)),
});

describe("the circles of an order", () => {
  it("are all found, each once, the shorter first", () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const { circles, complete } = circlesIn(any);
        expect(complete).toBe(true);
        expect(circles.map((each) => fromLeast(circleName(each))).sort()).toEqual(
          circlesByHand(any),
        );
        const lengths = circles.map(({ length }) => length);
        expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
        expect(shortestCircle(any)?.length ?? 0).toBe(lengths[0] ?? 0);
      }),
      { numRuns: 300 },
    );
  });

  it("are said to be incomplete where a bound left some out", () => {
    const two = graph("ab ba bc cb");
    expect(circlesIn(two, { most: 1 })).toMatchObject({ complete: false, circles: [{}] });
    expect(circlesIn(graph("ab bc ca"), { length: 2 })).toEqual({ circles: [], complete: false });
    expect(circlesIn(two, { steps: 1 }).complete).toBe(false);
    expect(circlesIn(two, { most: 2 }).complete).toBe(true);
  });

  it("are found in an order of thousands of classes", () => {
    const layered = Array.from({ length: 3000 }, (_, at) =>
      [1, 7, 31].map((step) => order(`c${at}`, `c${at + step}`)),
    ).flat();
    const large = graphOf([...layered, order("c40", "c33")]);
    const { circles, complete } = circlesIn(large);
    expect(complete).toBe(true);
    expect(circles.map(({ length }) => length)).toEqual([2, 8]);
    expect(enoughAlone(large).map(edgeName)).toEqual(["c40 -> c33"]);
  });
});

describe("a smallest cut", () => {
  const cutsOf = (edges: readonly OrderEdge[], size: number): readonly (readonly OrderEdge[])[] =>
    size === 0
      ? [[]]
      : edges.flatMap((edge, at) =>
          cutsOf(edges.slice(at + 1), size - 1).map((rest) => [edge, ...rest]),
        );

  it("leaves no circle, and nothing smaller does", () => {
    fc.assert(
      fc.property(anyGraph, (any) => {
        const cut = smallestCut(any);
        if (cut === null) throw new Error("every edge may be cut");
        expect(cut.smallest).toBe(true);
        expect(shortestCircle(without(any, cut.edges))).toBeNull();
        if (cut.edges.length === 0) return;
        const smaller = cutsOf(any.edges, cut.edges.length - 1);
        expect(smaller.some((each) => shortestCircle(without(any, each)) === null)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it("is any one of the edges that are in every circle", () => {
    expect(enoughAlone(graph("ab bc ca cb")).map(edgeName)).toEqual(["b -> c"]);
    expect(enoughAlone(graph("ab ba cd dc"))).toEqual([]);
  });

  it("leaves what must stay, and is none where nothing else is left", () => {
    const all = graph("ab ba");
    expect(smallestCut(all, new Set(["a -> b"]))?.edges.map(edgeName)).toEqual(["b -> a"]);
    expect(smallestCut(all, new Set(["a -> b", "b -> a"]))).toBeNull();
  });

  it("is never an interrupt", () => {
    const both = graphOf([order("a", "b"), { ...order("b", "a"), kind: "interrupt" }]);
    expect(smallestCut(both)?.edges.map(edgeName)).toEqual(["a -> b"]);
  });
});
