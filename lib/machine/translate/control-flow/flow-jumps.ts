/** Where a statement's jumps lead. */
import type { FlowGraph } from "./flow-graph.js";
import type { Statement } from "../../language/statement.js";

/** The functions and sections around a statement, and the locations that its jumps go to. */
export interface Surroundings {
  readonly stack: readonly string[];
  readonly breakTo: number | null;
  readonly continueTo: number | null;
  readonly returnTo: number;
  readonly sections: readonly string[];
}

/** The statements before the first jump, where the sequence then goes, and whether by itself. */
export interface UpToJump {
  readonly items: readonly Statement[];
  readonly target: number;
  readonly falls: boolean;
  /** What stands behind the jump, from what has the first label on: reached by jumps alone. */
  readonly beyond: readonly Statement[];
}

/** Returns what of a sequence can be reached in order; `to` is where it ends without a jump. */
export function upToJump(
  graph: FlowGraph,
  body: readonly Statement[],
  to: number,
  where: Surroundings,
): UpToJump {
  for (const [at, item] of body.entries()) {
    const target = jumpTarget(graph, item, where);
    if (target === null) continue;
    const label = body.findIndex((of, later) => later > at && hasLabel(of));
    const beyond = label < 0 ? [] : body.slice(label);
    return { items: body.slice(0, at), target, falls: false, beyond };
  }
  return { items: body, target: to, falls: true, beyond: [] };
}

/** Whether a jump may lead into a statement. */
function hasLabel(of: Statement): boolean {
  switch (of.kind) {
    case "label":
      return true;
    case "call":
    case "section":
    case "while":
      return of.body.some(hasLabel);
    case "if":
      return [...of.then, ...of.else].some(hasLabel);
    case "until":
      return [...of.exits.flatMap(({ then }) => then), ...of.body].some(hasLabel);
    case "either":
      return of.arms.flat().some(hasLabel);
    case "step":
    case "annotate":
    case "choose":
    case "break":
    case "continue":
    case "return":
    case "goto":
      return false;
  }
}

function jumpTarget(graph: FlowGraph, item: Statement, where: Surroundings): number | null {
  switch (item.kind) {
    case "break":
      if (where.breakTo === null) throw graph.error("break_ outside of a loop");
      return where.breakTo;
    case "continue":
      if (where.continueTo === null) throw graph.error("continue_ outside of a loop");
      return where.continueTo;
    case "return":
      return where.returnTo;
    case "goto":
      return graph.labelled(item.name, where.sections);
    case "step":
    case "annotate":
    case "choose":
    case "if":
    case "while":
    case "until":
    case "either":
    case "call":
    case "section":
    case "label":
      return null;
  }
}
