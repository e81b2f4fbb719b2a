/** Each path of the case's files once, in any order: what lockdep needs to see to learn them. */
import type { KernelC, SourceFile } from "../../kernel-c/index.js";
import {
  CPU,
  type Process,
  type Scenario,
  type Statement,
  expr,
  hardirq,
  softirq,
  thread,
  translate,
} from "../../machine/index.js";
import {
  type Translated,
  hostTranslations,
  withModel,
} from "../../machine/translate/kept-translations.js";
import { type BootWake, type PathLetter, booted } from "./orders.js";
import { type KvmTextOptions, kvmFiles } from "./kvm-files.js";
import { type PathEvents, eventsOfPaths, firstRuns, pathLetters } from "./path-events.js";
import { type Outer, type Run, handler, ofEach, outside } from "./kvm-in-c.js";

/** The paths of files, each to be taken once. */
export interface PathsOnce {
  /** Returns the scenario that takes paths once, in order, after the scheduler's own at boot. */
  (order: readonly PathLetter[], boot?: readonly BootWake[]): Scenario;
  /** Returns what each path does, of one run; null where that does not come to its end. */
  readonly events: () => PathEvents | null;
}

const wakes = (by: BootWake): string => `first_run_${by}_wakes`;
const others = "first_run_boot";

/**
 * Returns what makes scenarios that take paths once, in any order, after the scheduler's own at boot; the text is
 * translated once for all of them.
 *
 * @param kernelC what `loadKernelC()` gives
 * @throws UnknownNameError naming the nearest names
 * @throws PatchError where a patch does not fit
 * @example
 * pathsOnce(await loadKernelC(), { fix: "final" })(["o", "w", "i"]).name // "kvm-pi paths owi"
 */
export const pathsOnce = (kernelC: KernelC, options?: KvmTextOptions): PathsOnce =>
  pathsOnceInC(kernelC, kvmFiles(options));

/**
 * Returns what makes scenarios of the paths of files, in any order; the files are translated once for all of them.
 *
 * @throws KernelCError with all that is wrong in them
 */
export const pathsOnceInC = (kernelC: KernelC, files: readonly SourceFile[]): PathsOnce =>
  pathsOf(keptPaths(kernelC, files));

function keptPaths(kernelC: KernelC, files: readonly SourceFile[]): TranslatedPaths {
  const name = `paths ${JSON.stringify(files)}`;
  const place = hostTranslations();
  const known = place?.read(name, arePaths);
  if (known != null) return known;
  const made = translatedPaths(kernelC, files);
  place?.keep(name, made, made.scenario);
  return made;
}

/** The paths of files as statements. */
export interface TranslatedPaths {
  /** All of them, one after another, and what else there is. */
  readonly scenario: Scenario;
  /** By the function that takes a path. */
  readonly bodies: ReadonlyMap<string, readonly Statement[]>;
  /** Each path once, in the order of their letters. */
  readonly inOrder: Translated;
}

/** Returns whether something is the paths of files. */
export const arePaths = (of: object): of is TranslatedPaths => "bodies" in of && "inOrder" in of;

/** The thread that takes the paths. */
const taker = "CPU 0/KVM";

/**
 * Returns the paths of files as statements.
 *
 * @throws KernelCError with all that is wrong in them
 */
export function translatedPaths(kernelC: KernelC, files: readonly SourceFile[]): TranslatedPaths {
  const bodies = new Map<string, readonly Statement[]>();
  const scenario = kernelC.hosted(files, {
    ...outside(2),
    name: "kvm-pi paths",
    cpus: 1,
    host: (run, host) => ({
      processes: [
        run({ name: taker, each: null, task: expr(0), pinned: true }, ({ body }) => {
          for (const of of [...booted.map(wakes), others, ...Object.values(firstRuns)]) {
            bodies.set(of, body(of, []));
          }
          return thread(taker, 0, [...bodies.values()].flat());
        }),
        handler(run, host),
        ...bootTimer(run, host),
      ],
    }),
  });
  const ordered = takenInOrder(scenario, bodies, pathLetters);
  return { scenario, bodies, inOrder: { scenario: ordered, model: translate(ordered) } };
}

/** The scenario that takes paths in order. */
function takenInOrder(
  scenario: Scenario,
  bodies: TranslatedPaths["bodies"],
  order: readonly PathLetter[],
  boot: readonly BootWake[] = booted,
): Scenario {
  const functions = [...boot.map(wakes), others, ...order.map((letter) => firstRuns[letter])];
  const body = functions.flatMap((of) => bodies.get(of) ?? []);
  return {
    ...scenario,
    name: `${scenario.name} ${order.join("")}`,
    processes: scenario.processes.map((one) => (one.name === taker ? { ...one, body } : one)),
  };
}

/** Returns what makes scenarios of the paths, in any order. */
export function pathsOf({ scenario, bodies, inOrder }: TranslatedPaths): PathsOnce {
  const all = withModel(inOrder).scenario;
  const taken = (order: readonly PathLetter[], boot: readonly BootWake[] = booted): Scenario =>
    boot === booted && order.join() === pathLetters.join()
      ? all
      : takenInOrder(scenario, bodies, order, boot);
  let known: PathEvents | null | undefined;
  const further = !doNothing(bodies.get(firstRuns.n) ?? []);
  const events = (): PathEvents | null => (known ??= eventsOfPaths(all, further));
  return Object.assign(taken, { events });
}

/** Whether nothing happens in statements: in calls of functions without a body, or with an empty one. */
const doNothing = (statements: readonly Statement[]): boolean =>
  statements.every((of, at) => {
    switch (of.kind) {
      case "step":
        return of.effects.length === 0 && of.facts.length === 0;
      case "call":
        return doNothing(of.body);
      case "label":
        return true;
      case "goto":
        // A return: to the end of its function.
        return statements.slice(at).some((to) => to.kind === "label" && to.name === of.name);
      case "choose":
      case "section":
      case "while":
      case "until":
      case "if":
      case "either":
      case "annotate":
      case "break":
      case "continue":
      case "return":
        return false;
    }
  });

/** A timer that wakes a task from its hardirq, and from its softirq: both before the first path. */
const bootTimer = (run: Run, { variable }: Outer): readonly Process[] => [
  run(ofEach("hrtimer_wakeup", CPU), ({ body }) =>
    hardirq("hrtimer_interrupt", variable("boot_timer_irr"), () => body("hrtimer_wakeup", []), {
      IRQF_NO_THREAD: true,
    }),
  ),
  run(ofEach("process_timeout", CPU), ({ body }) =>
    softirq("run_timer_softirq", variable("boot_softirq_pending"), () =>
      body("process_timeout", []),
    ),
  ),
];
