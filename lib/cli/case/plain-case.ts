/** A case whose paths lockdep sees once each, one process after the other. */
import { watched } from "../../verdict/index.js";
import type { Case } from "./case.js";

/** Returns a case of one scenario, or of one for each size. */
export function plainCase(
  name: string,
  summary: string,
  make: Case["make"],
  takes: Case["takes"] = [],
): Case {
  return {
    name,
    summary,
    takes,
    make,
    lockdep: (options) => {
      const { lockdep, neverRan } = watched(make(options));
      const { reports } = lockdep;
      const report = reports.find(({ kind }) => kind !== "warn") ?? null;
      const kind = report?.kind ?? null;
      const warnings = reports.flatMap((one) => (one.kind === "warn" ? [one.message] : []));
      return { report, kind, orders: [{ order: "as declared", kind }], warnings, neverRan };
    },
    warnings: () => [],
  };
}
