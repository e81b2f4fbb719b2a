/** Both judges on one case, with the bounds of the search and a token that replays what it found. */
import { exploreModel } from "../../explore/explore.js";
import { printReplay, type Result } from "../../explore/index.js";
import { explorerVerdict } from "../../kvm/index.js";
import { type Model, replay, tokenOf } from "../../machine/index.js";
import { quadrantOf } from "../../verdict/index.js";
import type { Case, CaseOptions } from "../case/case.js";
import type { Limits } from "../frame/limit-options.js";

/** Lines of a counterexample at most. */
const mostLines = 120;

/** What both judges say. */
export interface BothVerdicts {
  readonly name: string;
  readonly explorer: {
    readonly verdict: string;
    readonly complete: boolean;
    readonly states: number;
    readonly seconds: number;
    readonly summary: string;
    readonly warnings: readonly string[];
  };
  readonly bounds: Readonly<Record<string, number>>;
  readonly lockdep: { readonly kind: string | null; readonly neverRan: readonly string[] };
  readonly quadrant: string;
  /** Of the counterexample; null where nothing is violated. */
  readonly token: string | null;
  /** The counterexample, line by line. */
  readonly steps: readonly string[];
}

/** Returns what both judges say of a case. */
export async function bothOf(
  of: Case,
  options: CaseOptions,
  limits: Limits,
): Promise<BothVerdicts> {
  const { scenario, model } = await of.make(options);
  const result = exploreModel(model, limits);
  const { kind, report, neverRan = [] } = await of.lockdep(options);
  const { complete, states, seconds, summary } = result;
  return {
    name: scenario.name,
    explorer: {
      verdict: explorerVerdict(result),
      complete,
      states,
      seconds: Number(seconds.toFixed(3)),
      summary,
      warnings: [...result.warnings, ...of.warnings(options, result)],
    },
    bounds: Object.fromEntries(Object.entries(scenario.sizes).map(([set, n]) => [`${set}s`, n])),
    lockdep: { kind, neverRan },
    quadrant: quadrantOf(report, result),
    ...counterexampleOf(model, result),
  };
}

function counterexampleOf(model: Model, result: Result): Pick<BothVerdicts, "token" | "steps"> {
  const [found] = Object.values(result.violations);
  if (found === undefined) return { token: null, steps: [] };
  return {
    token: tokenOf(model, found.schedule),
    steps: shortened(printReplay(replay(model, found.schedule))),
  };
}

/** The end of a counterexample says what is wrong; of a long one the middle goes. */
export function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= mostLines) return lines;
  const half = mostLines / 2;
  const left = lines.length - mostLines;
  return [...lines.slice(0, half), `... ${left} lines left out`, ...lines.slice(-half)];
}

/** Returns the verdicts as text. */
export function verdictText(both: BothVerdicts): string {
  const { name, explorer, lockdep, quadrant, token, steps } = both;
  return [
    name,
    `explorer: ${explorer.summary}`,
    `lockdep: ${lockdep.kind ?? "silent"}`,
    `together: ${quadrant}`,
    ...lockdep.neverRan.slice(0, 4).map((step) => `no run of ${step}`),
    ...explorer.warnings.map((warning) => `beware: ${warning}`),
    ...(steps.length === 0 ? [] : ["", ...steps]),
    ...(token === null ? [] : ["", `token: ${token}`]),
  ].join("\n");
}
