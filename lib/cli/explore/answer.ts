/** What `lab explore` answers: both verdicts and the counterexample, as text and as JSON. */
import { inOptions } from "../frame/limit-options.js";
import { type Result, properties } from "../../explore/index.js";
import { type OrdersVerdict, explorerVerdict } from "../../kvm/index.js";
import { counted } from "../../primitives/counted.js";
import { quadrantOf } from "../../verdict/index.js";
import { stepsTo } from "./explore-property.js";

/** Both verdicts, and the counterexample of the explorer's. */
export interface Answer {
  readonly result: Result;
  /** Where the bounds were too small to say much. */
  readonly warnings: readonly string[];
  readonly said: OrdersVerdict;
  /** Of the counterexample that is shown; null where nothing is violated. */
  readonly token: string | null;
  /** The counterexample in lines; null if it was not asked for. */
  readonly steps: readonly string[] | null;
  /** The same for a changelog. */
  readonly timeline: readonly string[] | null;
}

/** A timeline below other text, to be cut out of it. */
export const below = (timeline: readonly string[] | null): readonly string[] =>
  timeline === null || timeline.length === 0 ? [] : ["", ...timeline];

/** Returns the answer as text. */
export function asText({ result, said, token, steps, timeline, warnings }: Answer): string {
  const { scenario, summary } = result;
  const inOrders = said.orders.map(({ order, kind }) => `${order} ${kind ?? "silent"}`).join(", ");
  const one = said.orders.length === 1 || said.orders.every(({ kind }) => kind === said.kind);
  const shown = [steps, timeline].filter((lines) => lines !== null);
  const replayed = shown.length === 0 || token === null ? [] : [`replay: --token ${token}`];
  const nothing = shown.length > 0 && shown.every(({ length }) => length === 0);
  return [
    `${scenario.name}: ${inOptions(summary)}`,
    ...besides(result),
    `lockdep: ${said.kind ?? "silent"}${one ? "" : ` (${inOrders})`}: ${quadrantOf(said.report, result)}`,
    ...said.warnings.map((warning) => `lockdep warns: ${warning}`),
    ...warnings.map((warning) => `beware: ${warning}`),
    ...(nothing ? ["no steps: nothing is violated in what was seen"] : (steps ?? [])),
    ...replayed,
    ...below(timeline),
  ].join("\n");
}

/** What else is violated: a verdict names the first, and hides no other. */
const besides = ({ verdict, violations }: Result): readonly string[] =>
  properties.flatMap((property) => {
    const found = violations[property];
    if (found === undefined || property === verdict) return [];
    return [`also: ${property} in ${counted(found.schedule.length, "step")}: ${found.message}`];
  });

/** Returns the answer as what `--json` prints. */
export function asJson({ result, said, token, steps: lines, timeline, warnings }: Answer): object {
  const { scenario, complete, cutShort, states, transitions, seconds, megabytes, summary } = result;
  return {
    verdict: explorerVerdict(result),
    violations: stepsTo(result),
    shortest: Object.values(result.violations).every(({ shortest }) => shortest),
    complete,
    cutShort,
    states,
    transitions,
    seconds: Number(seconds.toFixed(3)),
    megabytes: Number(megabytes.toFixed(1)),
    bounds: Object.fromEntries(Object.entries(scenario.sizes).map(([set, n]) => [`${set}s`, n])),
    warnings,
    summary: inOptions(summary),
    schedule: token,
    lockdep: { kind: said.kind, orders: said.orders, warnings: said.warnings },
    quadrant: quadrantOf(said.report, result),
    ...(lines === null ? {} : { steps: lines }),
    ...(timeline === null ? {} : { timeline }),
  };
}
