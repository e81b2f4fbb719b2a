/** Functions that nothing calls and that set things up, as a module's `init` does: what they say counts, too. */
import { Faults } from "../errors/index.js";
import type { CFunction } from "../parse/ast.js";
import type { Shared } from "./context/context.js";
import { Learned } from "./context/learned.js";
import { type World, startedThread } from "../vocabulary/index.js";
import type { Value } from "./context/values.js";
import { bodyOf, newOwner } from "./owner.js";
import { callsIn } from "./statement/calls-in.js";

/** Notes what unreached functions set up: which function a work or a timer has, who handles a line. */
export function learnFromSetUp(shared: Shared): void {
  const { unit, vocabulary, learned, reached } = shared;
  for (const of of unit.functions.values()) {
    if (reached.has(of.name)) continue;
    const calls = callsIn(of.body);
    if (!calls.some(({ name }) => vocabulary.calls.get(name)?.setsUp === true)) continue;
    // What is wrong there, or needs more than is known, is nobody's fault as long as nothing runs it.
    const apart: Shared = {
      ...shared,
      faults: new Faults(),
      learned: new Learned(learned),
      world: notRunning(shared.world),
      reached: new Set(),
    };
    for (const args of argumentsOf(shared, of)) {
      bodyOf(apart, newOwner("set up", null), of, of.at, () => args);
    }
  }
}

/** What does not run sets up, but raises nothing. */
const notRunning = (world: World): World => ({
  ...world,
  note: (relation, of, is) => {
    if (relation !== "raised" && relation !== startedThread) world.note(relation, of, is);
  },
});

/**
 * Returns what a function is tried with: each object of the structure that its pointer leads to, each CPU and each
 * index for an integer, since `init_cpu(int cpu)` is called for all of them; NULL elsewhere.
 */
function argumentsOf(shared: Shared, of: CFunction): readonly (readonly Value[])[] {
  const none: Value = { kind: "null" };
  const indices = Array.from({ length: mostElements(shared) }, (_, k) => number(k));
  const values = of.parameters.map((parameter): readonly Value[] => {
    const name = parameter.type.name.replace(/^struct /, "");
    if (parameter.pointers === 0) return indices;
    const all = [...shared.places.all.values()].filter(
      ({ storage }) => storage.kind === "struct" && storage.tag === name,
    );
    return all.length === 0 ? [none] : all.map((place): Value => ({ kind: "address", place }));
  });
  const most = Math.max(1, ...values.map(({ length }) => length));
  return Array.from({ length: most }, (_, k) =>
    values.map((one) => one[Math.min(k, one.length - 1)] ?? none),
  );
}

/** How many elements the longest array of the file has, and CPUs. */
function mostElements({ places, cpus }: Shared): number {
  const indices = [...places.all.values()].flatMap(({ index }) =>
    index.map((at) => (at.op === "const" ? at.value + 1 : 0)),
  );
  return Math.max(1, cpus, ...indices);
}

const number = (value: number): Value => ({
  kind: "number",
  expr: { op: "const", value },
  sort: "literal",
  key: null,
});
