/** A scene as kernel C, for `lab explore FILE.c`. */
import { callsOf, lockCall } from "./calls.js";
import type { Scene, SceneLock, SceneStep, SceneWait } from "./scene.js";
import { commented, noteOn } from "./source.js";

function statement(step: SceneStep, tabs: string): string {
  switch (step.op) {
    case "irq-off":
      return `${tabs}local_irq_disable();`;
    case "irq-on":
      return `${tabs}local_irq_enable();`;
    case "allocate":
      // Where there is no memory, reclaim takes the shrinker's locks, under what is held here.
      return `${tabs}fs_reclaim_acquire(GFP_KERNEL);\n${block(step.steps, tabs)}\n${tabs}fs_reclaim_release(GFP_KERNEL);`;
    case "wait":
    case "signal":
      return `${tabs}${waitCall(step.op, step.wait)};`;
    case "lock":
    case "unlock":
      return `${tabs}${lockCall(step.lock.kind, step.op, step.read)}(&${step.lock.variable});`;
  }
}

function waitCall(op: "wait" | "signal", { kind, variable }: SceneWait): string {
  if (kind === "completion")
    return `${op === "wait" ? "wait_for_completion" : "complete"}(&${variable})`;
  return `${op === "wait" ? "flush_work" : "schedule_work"}(&${variable})`;
}

const block = (steps: readonly SceneStep[], tabs: string): string =>
  steps.map((step) => statement(step, tabs)).join("\n");

const lockDeclaration = ({ variable, className, kind }: SceneLock): string =>
  `static ${callsOf[kind].define}(${variable}); /* ${commented(className)} */`;

const body = (head: string, steps: readonly SceneStep[]): string =>
  `${head}\n{\n${block(steps, "\t")}\n}\n`;

function waitDeclaration({ variable, className, kind, steps }: SceneWait): string {
  const comment = `/* ${commented(className)} */`;
  if (kind === "completion") return `static DECLARE_COMPLETION(${variable}); ${comment}\n`;
  return [
    body(`static void ${variable}_fn(struct work_struct *work)`, steps),
    `static DECLARE_WORK(${variable}, ${variable}_fn); ${comment}`,
    "",
  ].join("\n");
}

/**
 * Returns the kernel C of a scene, with the comments that say what runs where.
 *
 * @example
 * const [report] = readSplats(kvmPiReport);
 * sourceOfC(sceneOf(report)).includes("static DEFINE_RAW_SPINLOCK(") // true
 */
export function sourceOfC(scene: Scene): string {
  const runs = [
    `lab: cpus ${scene.cpus}`,
    ...(scene.kernel === null ? [] : [`lab: kernel ${scene.kernel}`]),
    ...scene.threads.map(({ name, cpu }) => `lab: thread ${name} on ${cpu}`),
    ...scene.handlers.map(({ name, context }) => `lab: ${context} ${name} on 0`),
  ];
  const handlers = scene.handlers.map(({ name, context, steps }) =>
    body(
      context === "hardirq"
        ? `static irqreturn_t ${name}(int irq, void *data)`
        : `static void ${name}(void)`,
      steps,
    ).replace(/\n\}\n$/, context === "hardirq" ? "\n\treturn IRQ_HANDLED;\n}\n" : "\n}\n"),
  );
  return [
    "/*",
    ` * ${commented(scene.name)}`,
    " *",
    ...noteOn(scene).map((line) => ` * ${line}`),
    " *",
    ...runs.map((line) => ` * ${line}`),
    " */",
    ...scene.locks.map(lockDeclaration),
    "",
    ...scene.waits.map(waitDeclaration),
    ...handlers,
    ...scene.threads.map(({ name, steps }) => body(`static void ${name}(void)`, steps)),
  ].join("\n");
}
