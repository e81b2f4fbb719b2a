/** The answer to a what-if question as data. */
import type { CirclesFound } from "./circles.js";
import type { OrderCircle, OrderEdge } from "./order.js";
import { circleName, guardsOf, type WhatIf } from "./what-if.js";

interface EdgeJson {
  readonly from: string;
  readonly to: string;
  readonly kind: OrderEdge["kind"];
  readonly witnesses: readonly {
    readonly source: string;
    readonly learnt: "earlier" | "now";
    readonly held: readonly string[] | null;
    /** Functions, innermost first. */
    readonly stack: readonly string[];
  }[];
}

interface CirclesJson {
  readonly complete: boolean;
  readonly circles: readonly {
    readonly name: string;
    readonly edges: readonly EdgeJson[];
    readonly guards: readonly string[];
  }[];
}

/** What `lab what-if --json` prints. */
export interface WhatIfJson {
  readonly before: CirclesJson;
  readonly after: CirclesJson;
  readonly cut: { readonly smallest: boolean; readonly edges: readonly EdgeJson[] } | null;
  readonly alone: readonly EdgeJson[];
}

const edgeJson = ({ from, to, kind, witnesses }: OrderEdge): EdgeJson => ({
  from,
  to,
  kind,
  witnesses: witnesses.map(({ source, frames, held, learnt }) => ({
    source,
    learnt,
    held,
    stack: frames.flatMap(({ symbol }) => symbol ?? []),
  })),
});

const circlesJson = ({ circles, complete }: CirclesFound): CirclesJson => ({
  complete,
  circles: circles.map((circle: OrderCircle) => ({
    name: circleName(circle),
    edges: circle.map(edgeJson),
    guards: guardsOf(circle),
  })),
});

/** Returns the answer as data. */
export const whatIfJson = ({ before, after, cut, alone }: WhatIf): WhatIfJson => ({
  before: circlesJson(before),
  after: circlesJson(after),
  cut: cut === null ? null : { smallest: cut.smallest, edges: cut.edges.map(edgeJson) },
  alone: alone.map(edgeJson),
});
