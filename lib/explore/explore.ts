/** Every interleaving of a scenario, breadth first. */
import {
  type Model,
  type Scenario,
  type State,
  enabled,
  evaluate,
  initialState,
  takeStep,
  translate,
} from "../machine/index.js";
import {
  type Counterexample,
  type CutShort,
  type ExploreOptions,
  type Property,
  type Result,
  properties as allProperties,
} from "./result.js";

interface Node {
  readonly state: State;
  readonly parent: number;
  readonly by: number;
  readonly depth: number;
  readonly next: { readonly to: number; readonly process: number }[];
}

/**
 * Returns what can happen in a scenario: verdict, shortest counterexamples, counts and bounds.
 *
 * @example
 * explore(abba).verdict // "deadlock"
 */
export function explore(scenario: Scenario, options: ExploreOptions = {}): Result {
  const { properties = allProperties, maxStates = 1_000_000, maxSeconds = 60 } = options;
  const model = translate(scenario);
  const start = performance.now();
  const nodes: Node[] = [];
  const ids = new Map<string, number>();
  const found: Partial<Record<Property, Counterexample>> = {};
  let transitions = 0;
  let cutShort: CutShort | null = null;

  const pathTo = (node: number): number[] => {
    const path: number[] = [];
    for (let at = node; at > 0; at = nodes[at]?.parent ?? 0) path.push(nodes[at]?.by ?? 0);
    return path.reverse();
  };
  const report = (property: Property, message: string, schedule: readonly number[]): void => {
    if (properties.includes(property)) found[property] ??= { property, message, schedule };
  };
  const visit = (state: State, parent: number, by: number, depth: number): number => {
    const key = state.join();
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = nodes.push({ state, parent, by, depth, next: [] }) - 1;
    ids.set(key, id);
    for (const { name, holds } of model.always) {
      if (evaluate(holds, state) === 0) report("invariant", name, pathTo(id));
    }
    return id;
  };

  visit(initialState(model), -1, -1, 0);
  for (let id = 0; id < nodes.length; id++) {
    const node = nodes[id];
    if (node === undefined) break;
    if (nodes.length > maxStates) cutShort = "states";
    if (performance.now() - start > maxSeconds * 1000) cutShort = "time";
    if (options.signal?.aborted === true) cutShort = "cancelled";
    if (cutShort !== null) break;
    let silent = true;
    for (const transition of enabled(model, node.state)) {
      transitions++;
      const { state, violations } = takeStep(model, node.state, transition);
      const device = model.processes[transition.process]?.kind === "device";
      const to = visit(state, id, transition.id, node.depth + 1);
      for (const { kind, message } of violations) {
        report(kind, message, [...pathTo(id), transition.id]);
      }
      if (device) continue;
      silent = false;
      node.next.push({ to, process: transition.process });
    }
    if (!silent) continue;
    for (const { name, holds } of model.quiescent) {
      if (evaluate(holds, node.state) === 0) report("lost-wakeup", name, pathTo(id));
    }
  }
  if (cutShort === null) {
    const stuck = firstStuck(model, nodes);
    if (stuck !== null) report("deadlock", stuck.message, pathTo(stuck.id));
  }

  const violated = allProperties.find((p) => found[p] !== undefined);
  const verdict = violated ?? (cutShort === null ? "safe" : "inconclusive");
  const depth = nodes[nodes.length - 1]?.depth ?? 0;
  const sizes = Object.entries(scenario.sizes).map(([set, n]) => `${String(n)} ${set}s`);
  return {
    scenario,
    verdict,
    violations: found,
    complete: cutShort === null,
    cutShort,
    states: nodes.length,
    transitions,
    depth,
    seconds: (performance.now() - start) / 1000,
    megabytes: 0,
    summary: `${verdict} in ${String(nodes.length)} states of ${sizes.join(" and ")}`,
  };
}

/** The first state in which some process will never move again, and is not at an end. */
function firstStuck(
  model: Model,
  nodes: readonly Node[],
): { readonly id: number; readonly message: string } | null {
  const moves = nodes.map(() => 0n);
  for (let changed = true; changed;) {
    changed = false;
    for (let id = nodes.length - 1; id >= 0; id--) {
      let mask = moves[id] ?? 0n;
      for (const { to, process } of nodes[id]?.next ?? []) {
        mask |= (moves[to] ?? 0n) | (1n << BigInt(process));
      }
      if (mask === moves[id]) continue;
      moves[id] = mask;
      changed = true;
    }
  }
  for (const [id, { state }] of nodes.entries()) {
    const stuck = model.processes.filter(
      ({ kind, ends, slot }, number) =>
        kind !== "device" &&
        ((moves[id] ?? 0n) & (1n << BigInt(number))) === 0n &&
        !ends.has(state[slot] ?? 0),
    );
    if (stuck.length > 0) {
      return { id, message: `${stuck.map(({ name }) => name).join(", ")} can never go on` };
    }
  }
  return null;
}
