/** A scene as a notebook cell: the code that a reader edits and explores. */
import { lockCall } from "./calls.js";
import type { Scene, SceneLock, SceneStep, SceneWait } from "./scene.js";

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
  ...["raw_spinlock", "raw_spin_lock", "raw_spin_unlock", "spinlock", "spin_lock", "spin_unlock"],
  ...["mutex", "mutex_lock", "mutex_unlock"],
  ...["rwlock", "read_lock", "read_unlock", "write_lock", "write_unlock"],
  ...["rwsem", "down_read", "up_read", "down_write", "up_write"],
  ...["completion", "complete", "wait_for_completion"],
  ...["work_struct", "workqueue", "kworkers", "queue_work", "flush_work"],
  "kmalloc",
  "local_irq_disable",
  "local_irq_enable",
  "explore",
] as const;

const quoted = (text: string): string => JSON.stringify(text);

function call(step: SceneStep, blanks: string): string {
  switch (step.op) {
    case "irq-off":
      return "local_irq_disable()";
    case "irq-on":
      return "local_irq_enable()";
    case "allocate":
      return `kmalloc([\n${block(step.steps, `${blanks}  `)}\n${blanks}])`;
    case "wait":
    case "signal":
      return waitCall(step.op, step.wait);
    case "lock":
    case "unlock":
      return `${lockCall(step.lock.kind, step.op, step.read)}(${step.lock.variable})`;
  }
}

function waitCall(op: "wait" | "signal", { kind, variable }: SceneWait): string {
  if (kind === "completion")
    return `${op === "wait" ? "wait_for_completion" : "complete"}(${variable})`;
  return `${op === "wait" ? "flush_work" : "queue_work"}(${variable}_queue, ${variable})`;
}

const block = (steps: readonly SceneStep[], blanks: string): string =>
  steps.map((step) => `${blanks}${call(step, blanks)},`).join("\n");

const lockDeclaration = ({ variable, className, kind }: SceneLock, key: string): string =>
  `const ${variable} = ${kind}(${quoted(variable)}, { className: ${quoted(className)}${key} });`;

/** Locks of one class say that they share their key. */
const keyOf = ({ className }: SceneLock, locks: readonly SceneLock[]): string =>
  locks.filter((lock) => lock.className === className).length > 1
    ? `, key: ${quoted(className)}`
    : "";

const waitDeclaration = ({ variable, className, kind }: SceneWait): readonly string[] =>
  kind === "completion"
    ? [`const ${variable} = completion(${quoted(variable)}); // ${commented(className)}`]
    : [
        `const ${variable} = work_struct(${quoted(variable)}, { className: ${quoted(className)} });`,
        `const ${variable}_queue = workqueue(${quoted(`${variable}_queue`)}, [${variable}]);`,
      ];

/** Returns what is to be known of the locks of a scene, in lines. */
export function noteOn({ lockFor, nested }: Scene): readonly string[] {
  if (nested !== null) {
    return [
      nested.areTwo
        ? "Two locks of the class, as their addresses show. The report does not show a path that"
        : "Two locks of the class; whether they are one, which is a deadlock at once, and a path that",
      nested.areTwo
        ? "takes them the other way round: without one there is no deadlock."
        : "takes them the other way round, the report does not show.",
    ];
  }
  if (lockFor === "address") return ["Each lock is one of the text, by its address."];
  return [
    "One lock a class is the worst that the report can mean: give a path a lock of its own",
    "where the instances differ, and explore again.",
  ];
}

/** A name within a comment of one line. */
export const commented = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, "?").replace(/\*\//g, "* /");

/**
 * Returns the TypeScript of a cell that builds and explores the scenario of a scene.
 *
 * Every name in it is made an identifier and every text is quoted, whatever the report holds.
 *
 * @example
 * const [report] = readSplats(kvmPiReport);
 * sourceOf(sceneOf(report)).includes("explore(reported).summary") // true
 */
export function sourceOf(scene: Scene): string {
  const threads = scene.threads.map(
    ({ name, cpu, steps }) =>
      `    thread(${quoted(name)}, ${cpu}, [\n      fn(${quoted(name)}, [\n${block(steps, "        ")}\n      ]),\n    ]),`,
  );
  const workers = scene.waits
    .filter(({ kind }) => kind === "work")
    .map(
      ({ variable, steps }) =>
        `    ...kworkers(${variable}_queue, [\n      { work: ${variable}, fn: ${quoted(`${variable}_fn`)}, body: [\n${block(steps, "        ")}\n      ] },\n    ]),`,
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
    ...noteOn(scene).map((line) => `// ${line}`),
    ...scene.locks.map((lock) => lockDeclaration(lock, keyOf(lock, scene.locks))),
    ...scene.waits.flatMap(waitDeclaration),
    ...vectors,
    "",
    `const reported = scenario(${quoted(scene.name)}, {`,
    `  sizes: { cpu: ${scene.cpus} },`,
    ...(scene.kernel === null ? [] : [`  kernel: ${quoted(scene.kernel)},`]),
    "  processes: [",
    ...threads,
    ...workers,
    ...handlers,
    "  ],",
    "});",
    "explore(reported).summary",
  ].join("\n");
  const used = vocabulary.filter((name) => new RegExp(`\\b${name}\\b\\(?`).test(body));
  return `import { ${used.join(", ")} } from "lockdep-lab";\n\n${body}\n`;
}
