/** What may keep a report from coming true, as changes of its scene: each can be set by itself. */
import type { Nested, Scene, SceneLock, SceneStep, SceneThread } from "./scene.js";

/** A premise: what would have to be argued. */
export interface Premise {
  /** The question of the explanation that it answers. */
  readonly question: "same instance" | "can meet" | "one outer lock" | "referenced";
  /** The premise as a sentence; names are in backquotes. */
  readonly says: string;
  readonly apply: (scene: Scene) => Scene;
}

/** Paths whose pairs are looked at: more make a table that nobody reads. */
const mostPaths = 6;

/**
 * Returns the premises that make sense for a scene.
 *
 * @param scene of a report
 */
export function premisesOf(scene: Scene): readonly Premise[] {
  if (scene.nested !== null) return nestedPremises(scene, scene.nested);
  return [...instances(scene), ...meetings(scene), ...outerLock(scene), ...references(scene)];
}

/** Of a class under itself: one lock or two is the first question, and all else is about two. */
function nestedPremises(scene: Scene, { outer, inner, areTwo }: Nested): readonly Premise[] {
  const name = code(outer.className);
  const [first] = scene.threads;
  const order = first === undefined ? "one order" : `the order of ${code(first.name)}`;
  const one = (before: Scene): Scene => ({
    ...before,
    locks: before.locks.filter((lock) => lock !== inner),
    threads: before.threads.map((path) => ({
      ...path,
      steps: stepsWith(path.steps, (lock) => (lock === inner ? outer : lock)),
    })),
  });
  const ordered = (before: Scene): Scene => ({
    ...before,
    threads: before.threads.map((path) => ({ ...path, steps: first?.steps ?? path.steps })),
  });
  const two = (premise: Premise): Premise => ({
    ...premise,
    says: `There are two ${name}, and ${premise.says.replace(/^E/, "e")}`,
  });
  const others: readonly Premise[] = [
    { question: "same instance", says: `Every path takes the two in ${order}.`, apply: ordered },
    ...meetings(scene),
    ...outerLock(scene),
  ];
  if (areTwo) return others;
  const says = `Both are one ${name}: who takes it twice waits for itself.`;
  return [{ question: "same instance", says, apply: one }, ...others.map(two)];
}

const code = (text: string): string => `\`${text}\``;

const stepsWith = (
  steps: readonly SceneStep[],
  change: (lock: SceneLock) => SceneLock,
): readonly SceneStep[] =>
  steps.map((step) => {
    if (step.op === "lock" || step.op === "unlock") return { ...step, lock: change(step.lock) };
    if (step.op === "allocate") return { ...step, steps: stepsWith(step.steps, change) };
    return step;
  });

function locksOf(steps: readonly SceneStep[]): readonly SceneLock[] {
  return steps.flatMap((step) =>
    step.op === "lock" ? [step.lock] : step.op === "allocate" ? locksOf(step.steps) : [],
  );
}

/** One path takes another lock of the class than the others do. */
function instances(scene: Scene): readonly Premise[] {
  const paths = [...scene.threads, ...scene.handlers];
  return scene.locks.flatMap((lock): readonly Premise[] => {
    const users = paths.filter(({ steps }) => locksOf(steps).includes(lock));
    if (users.length < 2) return [];
    return users.map(({ name }) => ({
      question: "same instance",
      says: `${code(name)} takes another ${code(lock.className)} than the others.`,
      apply: (before) => {
        const own = { ...lock, variable: `${lock.variable}_of_${name}` };
        const change = (each: SceneLock): SceneLock =>
          each.variable === lock.variable ? own : each;
        const changed = <T extends { readonly name: string; readonly steps: readonly SceneStep[] }>(
          path: T,
        ): T => (path.name === name ? { ...path, steps: stepsWith(path.steps, change) } : path);
        return {
          ...before,
          locks: [...before.locks, own],
          threads: before.threads.map(changed),
          handlers: before.handlers.map(changed),
        };
      },
    }));
  });
}

/** Two paths are never at it at the same time: a gate that lockdep is not told of. */
function meetings(scene: Scene): readonly Premise[] {
  const threads = scene.threads.slice(0, mostPaths);
  const pairs = threads.flatMap((one, at) =>
    threads.slice(at + 1).map((other) => [one, other] as const),
  );
  return [
    ...pairs.map(([one, other]): Premise => ({
      question: "can meet",
      says: `${code(one.name)} and ${code(other.name)} never run at the same time.`,
      apply: (before) => gated(before, [one.name, other.name], "cannot_meet"),
    })),
    ...scene.handlers.flatMap(({ name, context }) =>
      threads
        .filter(({ cpu }) => cpu === 0)
        .map((thread): Premise => ({
          question: "can meet",
          says: `${code(name)} cannot come while ${code(thread.name)} runs (${context}s are off).`,
          apply: (before) => ({
            ...before,
            threads: before.threads.map((each) => (each.name === thread.name ? quiet(each) : each)),
          }),
        })),
    ),
  ];
}

const quiet = (thread: SceneThread): SceneThread => ({
  ...thread,
  steps: [{ op: "irq-off" }, ...thread.steps, { op: "irq-on" }],
});

/** All paths are under one lock more. */
function outerLock(scene: Scene): readonly Premise[] {
  if (scene.threads.length < 2) return [];
  return [
    {
      question: "one outer lock",
      says: "Every path holds one more lock, exclusively, all the time.",
      apply: (before) =>
        gated(
          before,
          before.threads.map(({ name }) => name),
          "outer_lock",
        ),
    },
  ];
}

/** What is held is in use, and reclaim leaves it alone. */
function references(scene: Scene): readonly Premise[] {
  const reclaiming = scene.threads.filter(({ steps }) => allocates(steps));
  return reclaiming.map(({ name }) => ({
    question: "referenced",
    says: `What ${code(name)} holds is referenced: the reclaim that it starts leaves it alone.`,
    apply: (before) => ({
      ...before,
      threads: before.threads.map((thread) =>
        thread.name === name ? { ...thread, steps: spared(thread.steps) } : thread,
      ),
    }),
  }));
}

const allocates = (steps: readonly SceneStep[]): boolean =>
  steps.some(({ op }) => op === "allocate");

const spared = (steps: readonly SceneStep[]): readonly SceneStep[] =>
  steps.map((step) => (step.op === "allocate" ? { ...step, steps: [] } : step));

/** Threads within a lock of their own: a mutex if they may sleep, whatever they take. */
function gated(scene: Scene, names: readonly string[], variable: string): Scene {
  const gate: SceneLock = { variable, className: variable, kind: "mutex" };
  return {
    ...scene,
    locks: [...scene.locks, gate],
    threads: scene.threads.map((thread) =>
      names.includes(thread.name)
        ? {
            ...thread,
            steps: [
              { op: "lock", lock: gate, read: false },
              ...thread.steps,
              { op: "unlock", lock: gate, read: false },
            ],
          }
        : thread,
    ),
  };
}
