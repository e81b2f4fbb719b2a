/** The circles of an order in words, for a terminal. */
import { counted, grouped } from "../../primitives/counted.js";
import { paragraph } from "../explain/format/wrap.js";
import { noPath, pathOf } from "../explain/words/words.js";
import { ownerOf } from "../stacks/owner.js";
import type { CirclesFound } from "./circles.js";
import type { Cut } from "./cut.js";
import { edgeName, type OrderCircle, type OrderEdge, type OrderGraph } from "./order.js";
import { circleName, guardsOf, type WhatIf } from "./what-if.js";

const told = 20;

/** Returns where an edge was seen: the first witness with a stack, and how many there are. */
export function seenAt({ kind, witnesses }: OrderEdge): string {
  const shown = witnesses.find(({ frames }) => frames.length > 0 && pathOf(frames) !== noPath);
  const [first] = witnesses;
  const path = shown === undefined ? "" : `${pathOf(shown.frames).replace(/`/g, "")}; `;
  const source = shown?.source ?? first?.source ?? "";
  const more = witnesses.length > 1 ? ` and ${grouped(witnesses.length - 1)} more` : "";
  const comes = kind === "interrupt" ? "an interrupt comes while the first is held; " : "";
  return `${comes}${path}${source}${more}`;
}

const edgeLines = (edge: OrderEdge): readonly string[] => [
  ...paragraph(edgeName(edge), "       "),
  ...paragraph(seenAt(edge), "         "),
];

/** Returns an edge to cut, and the developer's own function that takes the second lock. */
function cutLine(edge: OrderEdge): readonly string[] {
  const owner = edge.witnesses.map(({ frames }) => ownerOf(frames)).find((each) => each !== null);
  const place = owner == null ? "" : `, in ${owner.name}`;
  return paragraph(`${edgeName(edge)}${place}`, "  - ");
}

function circleLines(circle: OrderCircle, at: number): readonly string[] {
  const guards = guardsOf(circle);
  return [
    ...paragraph(circleName(circle), `  ${at + 1}. `),
    ...circle.flatMap(edgeLines),
    ...(guards.length === 0
      ? []
      : paragraph(
          `every edge was seen only under ${guards.join(", ")}: where all hold it exclusively, the circle cannot close`,
          "       ",
        )),
  ];
}

function circlesLines(heading: string, { circles, complete }: CirclesFound): readonly string[] {
  const more = circles.length - told;
  const count = complete
    ? counted(circles.length, "circle")
    : `at least ${counted(circles.length, "circle")}`;
  return [
    `${heading}: ${circles.length === 0 && complete ? "no circle" : count}`,
    ...circles.slice(0, told).flatMap(circleLines),
    ...(more > 0 ? [`  and ${grouped(more)} more; --json has all that were found`] : []),
    ...(complete
      ? []
      : ["  The search stopped at its bounds (--circles, --length): there may be more."]),
  ];
}

function cutLines(cut: Cut | null, alone: readonly OrderEdge[]): readonly string[] {
  if (cut === null)
    return ["No cut breaks them all: a circle is left that has no edge that may be cut."];
  if (cut.edges.length === 0) return [];
  if (alone.length > 0) {
    return [
      alone.length === 1
        ? "Smallest cut: this edge, and no other alone"
        : `Smallest cut: any one of these ${grouped(alone.length)} edges`,
      ...alone.flatMap(cutLine),
    ];
  }
  const size = counted(cut.edges.length, "edge");
  return [
    cut.smallest
      ? `Smallest cut: ${size}`
      : `A cut: ${size}; the search for the smallest was given up`,
    ...cut.edges.flatMap(cutLine),
  ];
}

/**
 * Returns the answer to a what-if question as lines of text.
 *
 * @param changes what was changed, in words; empty where nothing was
 */
export function whatIfText(answer: WhatIf, changes: readonly string[]): string {
  const { before, after, cut, alone, graph } = answer;
  const blocks = [
    [sizeOf(graph)],
    circlesLines("As it is", before),
    ...(changes.length === 0 ? [] : [circlesLines(`After ${changes.join(", ")}`, after)]),
    cutLines(cut, alone),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

const sizeOf = ({ classes, edges }: OrderGraph): string =>
  `${counted(classes.length, "class", "classes")}, ${counted(edges.length, "edge")}`;
