/**
 * What a part of a report tells of the whole: a chain or a scenario alone, as mails and commit
 * messages quote them.
 */
import type { LockMention, SplatScenario } from "../../report/index.js";
import type { Draft } from "../draft/draft.js";

/** Fills in the locks and the kind of a report that has lost its banner. */
export function settleFragment(draft: Draft): void {
  fromChain(draft);
  fromScenario(draft);
  // Both kinds begin with the same sentence; without a banner the locks tell.
  const own = draft.acquiring !== null && draft.acquiring.name === draft.holding?.name;
  if (draft.kind === "circular" && own && draft.chain.length === 0) {
    draft.kind = "recursive";
    draft.headline = "WARNING: possible recursive locking detected";
  }
}

/**
 * `print_circular_bug()`: `#0` is the lock that is wanted, the highest number the one that is held,
 * unless the first links were cut off: then the lines below the chain name another one.
 */
function fromChain(draft: Draft): void {
  const { chain, chainSummary, scenario } = draft;
  const last = chain.at(-1);
  if (last?.index !== 0) return;
  draft.acquiring ??= last.lock;
  const top = chain.length > 1 ? (chain[0]?.lock ?? null) : null;
  const said = chainSummary.at(-1) ?? (scenario?.rows.length === 4 ? scenario.rows[0]?.lock : null);
  const line = scenario?.line ?? draft.lastLine;
  draft.holding ??= said == null || said === top?.name ? top : named(said, line);
}

/** Fills in the locks of a circle whose list a commit message left out, from the rows of its scenario. */
export function locksFromRows(draft: Draft): void {
  const { scenario, acquiring, holding } = draft;
  if (scenario === null || acquiring !== null || holding !== null) return;
  const [first] = scenario.rows;
  const last = scenario.rows.at(-1);
  if (scenario.rows.length < 2 || first?.lock == null || last?.lock == null) return;
  draft.acquiring = named(last.lock, scenario.line);
  draft.holding = named(first.lock, scenario.line);
}

/** `print_deadlock_scenario()` and its like: the first row is what is held, the last what is wanted. */
function fromScenario(draft: Draft): void {
  const { scenario, acquiring, holding } = draft;
  if (scenario === null || acquiring !== null || holding !== null) return;
  const { rows, interrupt, cpus, line } = scenario;
  const interrupted = rows.some(({ op }) => op === "<Interrupt>");
  const [first] = rows;
  const last = rows.at(-1);
  // Where the rows before the interrupt were lost, it still tells the kind.
  if (!interrupt && interrupted && cpus === 1) {
    draft.kind = "inconsistent";
    draft.headline = headings.plain;
  }
  if (first?.lock == null || last?.lock == null) return;
  if (interrupt) {
    // An inversion prints the same one, and for softirqs too.
    draft.headline = headings.interrupt;
    return;
  }
  draft.headline = headings.plain;
  draft.acquiring = named(last.lock, line);
  if (draft.kind !== "inconsistent") draft.holding = named(first.lock, line);
}

const headings = {
  interrupt: "Possible interrupt unsafe locking scenario",
  plain: "Possible unsafe locking scenario",
} as const;

/** A scenario has names alone: no usage, no address, no place. */
const named = (name: string, line: SplatScenario["line"]): LockMention => ({
  name,
  usage: "",
  wait: null,
  addr: null,
  at: null,
  inlinedIn: [],
  line,
});
