/** A scene as a notebook cell: the code that a reader edits and explores. */
import type { Scene, SceneLock, SceneStep } from "./scene.js";

/** The machine's functions that a cell can need, in the order of their import. */
const vocabulary = [
  "scenario",
  "thread",
  "hardirq",
  "softirq",
  "device",
  "variable",
  "bool",
  "CPU",
  "fn",
  "send_ipi",
  "raw_spinlock",
  "raw_spin_lock",
  "raw_spin_unlock",
  "mutex",
  "mutex_lock",
  "mutex_unlock",
  "local_irq_disable",
  "local_irq_enable",
  "explore",
] as const;

const quoted = (text: string): string => JSON.stringify(text);

function call(step: SceneStep): string {
  switch (step.op) {
    case "irq-off":
      return "local_irq_disable()";
    case "irq-on":
      return "local_irq_enable()";
    case "lock":
    case "unlock": {
      const verb = step.lock.kind === "mutex" ? "mutex" : "raw_spin";
      return `${verb}_${step.op}(${step.lock.variable})`;
    }
  }
}

const block = (steps: readonly SceneStep[], blanks: string): string =>
  steps.map((step) => `${blanks}${call(step)},`).join("\n");

const declaration = ({ variable, className, kind }: SceneLock): string =>
  `const ${variable} = ${kind}(${quoted(variable)}, { className: ${quoted(className)} });`;

/**
 * The TypeScript of a cell that builds and explores the scenario of a scene.
 *
 * Every name in it is made an identifier and every text is quoted, whatever the report holds.
 */
export function sourceOf(scene: Scene): string {
  const threads = scene.threads.map(
    ({ name, cpu, steps }) =>
      `    thread(${quoted(name)}, ${cpu}, [\n      fn(${quoted(name)}, [\n${block(steps, "        ")}\n      ]),\n    ]),`,
  );
  const handlers = scene.handlers.map(
    ({ name, context, steps }) =>
      `    ${context}(${quoted(name)}, ${name}_vector, () => [\n${block(steps, "      ")}\n    ]),\n` +
      `    device(${quoted(`${name}_source`)}, [send_ipi(${name}_vector, 0)]),`,
  );
  const vectors = scene.handlers.map(
    ({ name }) =>
      `const ${name}_vector = variable(${quoted(`${name}_vector`)}, bool, { per: [CPU] });`,
  );
  const body = [
    "// One lock a class is the worst that the report can mean: give a path a lock of its own",
    "// where the instances differ, and explore again.",
    ...scene.locks.map(declaration),
    ...vectors,
    "",
    `const reported = scenario(${quoted(scene.name)}, {`,
    `  sizes: { cpu: ${scene.cpus} },`,
    "  processes: [",
    ...threads,
    ...handlers,
    "  ],",
    "});",
    "explore(reported).summary",
  ].join("\n");
  const used = vocabulary.filter((name) => new RegExp(`\\b${name}\\b\\(?`).test(body));
  return `import { ${used.join(", ")} } from "lockdep-lab";\n\n${body}\n`;
}
