/** A case whose paths lockdep sees once each, one process after the other. */
import { orderWarnings, watched } from "../../verdict/index.js";
import type { Scenario } from "../../machine/index.js";
import type { Case, CaseOptions } from "./case.js";
import { translated } from "./translated.js";

/** Returns a case of one scenario, or of one for each size. */
export function plainCase(
  name: string,
  summary: string,
  scenarioOf: (options: CaseOptions) => Scenario,
  takes: Case["takes"] = [],
): Case {
  return {
    name,
    summary,
    takes,
    make: (options) => Promise.resolve(translated(scenarioOf(options))),
    lockdep: (options) => {
      const { model, lockdep, neverRan } = watched(scenarioOf(options));
      const { reports } = lockdep;
      const report = reports.find(({ kind }) => kind !== "warn") ?? null;
      const kind = report?.kind ?? null;
      const told = reports.flatMap((one) => (one.kind === "warn" ? [one.message] : []));
      const warnings = [...told, ...orderWarnings(model)];
      const said = { report, kind, orders: [{ order: "as declared", kind }], warnings, neverRan };
      return Promise.resolve(said);
    },
    warnings: () => [],
  };
}
