/** What to do about a circle that is real: which edge to cut, and where. */
import type { SplatEdge } from "../../evidence/edges/edge.js";
import type { Evidence } from "../../evidence/evidence.js";
import { leakedBy } from "../../evidence/held/leak.js";
import { ownerOf } from "../../stacks/owner.js";
import { formatMend, printedMend } from "./printed.js";
import { oddEdge } from "./odd-edge.js";
import { standingOf } from "./standing.js";
import { isWait, mendsFor, waitsIn, type FoundSuspect } from "../suspects/find.js";
import { wantVerb } from "../words/wait-words.js";
import { code, inPlace, listed, placeOf, takenIn } from "../words/words.js";

/** Returns the mends of a circle, that of a usual suspect first. */
export function circleMend(
  evidence: Evidence,
  suspects: readonly FoundSuspect[],
): readonly string[] {
  const { edges } = evidence;
  if (edges.length === 0) {
    return [
      "The text does not show where the report names the circle: look for its other lines in the log.",
    ];
  }
  const waits = waitsIn(evidence);
  const alone = suspects.some(({ suspect }) => suspect.alone === true);
  const printed = alone ? null : printedMend(evidence);
  const format = formatMend(evidence);
  const known =
    format !== null
      ? [format]
      : printed === null
        ? mendsFor(
            evidence.report,
            suspects.filter((each) => mendsSomething(each, edges, waits)),
          )
        : [printed];
  const fresh = edges.find(({ learnt }) => learnt === "now");
  const stays = fresh === undefined ? null : standingOf(fresh);
  const older = edges.filter((edge) => edge.learnt === "earlier" && standingOf(edge) === null);
  const named = ownersOf(older).map(code);
  // What stands for waiting cannot be released, tried or taken the other way round.
  const plain = edges.every((edge) => isPlain(edge, waits)) && !alone && printed === null;
  const leak = leakedBy(evidence);
  return [
    ...(leak === null
      ? []
      : [
          `Look first whether ${code(leak)} is meant to return with ${code(evidence.holding?.name ?? "")} held: it is not on the stack, and if it returned without being meant to, the circle only follows from that leak.`,
        ]),
    ...(fresh === undefined
      ? []
      : stays === null
        ? [`One edge must go. ${newEdge(evidence, fresh, waits)}`]
        : [`One edge must go. ${newEdge(evidence, fresh, waits)} That one stays: ${stays}.`]),
    ...known,
    ...(plain && known.length === 0 && leak === null ? oddEdge(evidence) : []),
    ...(!plain &&
    fresh !== undefined &&
    stays === null &&
    !alone &&
    printed === null &&
    isPlain(fresh, waits)
      ? [
          `Or cut the new edge itself: release ${code(fresh.from)} before ${code(fresh.to)} is taken, or take the two the other way round.`,
        ]
      : []),
    ...(plain
      ? [
          "To cut an edge: release the first before the second is taken, take the two the other way round, try the second with a trylock and back off, or leave what needs it to a work item.",
        ]
      : []),
    ...(named.length === 0 || !plain
      ? []
      : [
          stays === null
            ? `Or the same with an older edge, in ${listed(named)}.`
            : `So with an older edge, in ${listed(named)}.`,
        ]),
  ];
}

const isPlain = ({ from, to }: SplatEdge, waits: ReadonlySet<string>): boolean =>
  !waits.has(from) && !waits.has(to);

/**
 * Whether the mend of a suspect says something here: to take a lock before something is waited for
 * mends nothing, and who waits for a queue does not wait for the item that the queue runs.
 */
function mendsSomething(
  found: FoundSuspect,
  edges: readonly SplatEdge[],
  waits: ReadonlySet<string>,
): boolean {
  const into = edges.filter(({ to }) => to === found.name).map(({ from }) => from);
  if (!isWait(found)) return !into.some((from) => waits.has(from));
  const isItem = found.name.includes("(work_completion)");
  return !(isItem && into.length > 0 && into.every((from) => from.includes("(wq_completion)")));
}

/** The developers' own functions that taught the older edges. */
function ownersOf(edges: readonly SplatEdge[]): readonly string[] {
  const names = edges.flatMap(({ frames }) => ownerOf(frames)?.name ?? []);
  return [...new Set(names)];
}

function newEdge(
  { holding, report, wanted }: Evidence,
  { from, to, frames }: SplatEdge,
  waits: ReadonlySet<string>,
): string {
  const stands = (name: string): boolean => waits.has(name);
  const shown = inPlace(frames.length > 0 ? frames : report.backtrace);
  const place = shown === "" && wanted !== null ? placeOf(wanted) : shown;
  const verb = wantVerb(to, frames.length > 0 ? frames : report.backtrace, waits);
  const done = verb === "wants" ? "taken" : verb === "enters" ? "entered" : "waited for";
  const under = stands(from) ? `within ${code(from)}` : `under ${code(from)}${takenIn(holding)}`;
  return `The new one:${place} ${code(to)} is ${done} ${under}.`;
}
