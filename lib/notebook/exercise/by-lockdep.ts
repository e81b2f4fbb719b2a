/** Requirements that lockdep judges: what it says after each path of the answer ran once. */
import { sequentialRun } from "../../machine/index.js";
import { lockdepOn } from "../../verdict/index.js";
import type { Report, ReportKind } from "../../lockdep/index.js";
import type { Scenario } from "../../machine/index.js";
import { normalText } from "../../splat/print/index.js";
import type { Requirement } from "./requirement.js";

/** Orders in which the paths may first run: all of them up to this many tasks and handlers. */
const MOST_PERMUTED = 4;

/** Requires that lockdep stays silent, whichever path runs first. */
export function lockdepIsSilent(): Requirement<Scenario> {
  return {
    says: "lockdep is silent, whichever path runs first",
    test: (scenario) => {
      const orders = ordersOf(scenario);
      for (const order of orders) {
        const { report } = lockdepOn(scenario, { order });
        if (report !== null) {
          return { met: false, why: `in the order ${order.join(", ")}:\n${gist(report)}` };
        }
      }
      return { met: true, seen: countOf(orders) };
    },
  };
}

/**
 * Requires that lockdep reports, whichever path runs first.
 *
 * @param kinds the kinds of report that will do; any, if none is named
 */
export function lockdepReports(...kinds: readonly ReportKind[]): Requirement<Scenario> {
  const wanted = kinds.length === 0 ? "something" : kinds.join(" or ");
  return {
    says: `lockdep reports ${wanted}, whichever path runs first`,
    test: (scenario) => {
      const orders = ordersOf(scenario);
      for (const order of orders) {
        const { report } = lockdepOn(scenario, { order });
        const where = `in the order ${order.join(", ")}`;
        if (report === null) return { met: false, why: `${where} lockdep is silent` };
        if (kinds.length > 0 && !kinds.includes(report.kind)) {
          return { met: false, why: `${where} it reports something else:\n${gist(report)}` };
        }
      }
      return { met: true, seen: countOf(orders) };
    },
  };
}

/** Returns the lines of a report that name what was taken while what was held. */
function gist(report: Report): string {
  const lines = normalText(report);
  const start = lines.findIndex((line) => /^(WARNING|BUG|\[)/.test(line));
  const body = lines.slice(Math.max(0, start)).filter((line) => !/^[-=]+$|^\s*$/.test(line));
  const end = body.findIndex((line) => /^(which lock already|and this task|other info)/.test(line));
  return body.slice(0, end < 0 ? 6 : end).join("\n");
}

function ordersOf(scenario: Scenario): readonly (readonly string[])[] {
  const { processes } = sequentialRun(scenario, { most: 0 }).model;
  const names = processes.filter(({ kind }) => kind !== "device").map(({ name }) => name);
  return names.length > MOST_PERMUTED
    ? names.map((_, i) => [...names.slice(i), ...names.slice(0, i)])
    : permutations(names);
}

function permutations(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length < 2) return [names];
  return names.flatMap((first) =>
    permutations(names.filter((name) => name !== first)).map((rest) => [first, ...rest]),
  );
}

const countOf = (orders: readonly unknown[]): string =>
  orders.length === 1 ? "one order tried" : `${orders.length} orders tried`;
