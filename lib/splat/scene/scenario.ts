/** A scene as a scenario of the machine, to be explored. */
import type {
  Completion,
  Process,
  RwLock,
  Scenario,
  Statement,
  Variable,
  Work,
  Workqueue,
} from "../../machine/index.js";
import {
  CPU,
  bool,
  complete,
  completion,
  device,
  down_read,
  down_write,
  flush_work,
  fn,
  hardirq,
  kmalloc,
  kworkers,
  local_irq_disable,
  local_irq_enable,
  mutex,
  mutex_lock,
  mutex_unlock,
  queue_work,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  read_lock,
  read_unlock,
  rwlock,
  rwsem,
  scenario,
  send_ipi,
  softirq,
  spin_lock,
  spin_unlock,
  spinlock,
  thread,
  up_read,
  up_write,
  variable,
  wait_for_completion,
  work_struct,
  workqueue,
  write_lock,
  write_unlock,
} from "../../machine/index.js";
import type { Scene, SceneLock, SceneStep, SceneWait } from "./scene.js";

/**
 * Returns the scenario of a scene.
 *
 * @example
 * const [report] = readSplats(kvmPiReport);
 * explore(scenarioOfScene(sceneOf(report))).verdict // "deadlock"
 */
export function scenarioOfScene(scene: Scene): Scenario {
  const words = new Words(scene);
  const vectors = scene.handlers.map(({ name }) =>
    variable(`${name}_vector`, bool, { per: [CPU] }),
  );
  const handlers = scene.handlers.flatMap(({ name, context, steps }, at): readonly Process[] => {
    const vector = vectors[at];
    if (vector === undefined) return [];
    const make = context === "hardirq" ? hardirq : softirq;
    return [
      make(name, vector, () => words.statements(steps)),
      device(`${name}_source`, [send_ipi(vector, 0)]),
    ];
  });
  const threads = scene.threads.map(({ name, cpu, steps }) =>
    thread(name, cpu, [fn(name, words.statements(steps))]),
  );
  const { kernel } = scene;
  return scenario(scene.name, {
    sizes: { cpu: scene.cpus },
    processes: [...threads, ...words.workers(), ...handlers],
    ...(kernel === null ? {} : { kernel }),
  });
}

type Lock =
  | { readonly kind: "raw_spinlock" | "spinlock" | "mutex"; readonly of: Variable }
  | { readonly kind: "rwlock" | "rwsem"; readonly of: RwLock };

type Wait =
  | { readonly kind: "completion"; readonly of: Completion }
  | { readonly kind: "work"; readonly of: Work; readonly queue: Workqueue };

function lockOf({ kind, variable: name, className }: SceneLock): Lock {
  switch (kind) {
    case "raw_spinlock":
      return { kind, of: raw_spinlock(name, { className, key: className }) };
    case "spinlock":
      return { kind, of: spinlock(name, { className, key: className }) };
    case "mutex":
      return { kind, of: mutex(name, { className, key: className }) };
    case "rwlock":
      return { kind, of: rwlock(name, { className, key: className }) };
    case "rwsem":
      return { kind, of: rwsem(name, { className, key: className }) };
  }
}

function waitOf({ kind, variable: name, className }: SceneWait): Wait {
  if (kind === "completion") return { kind, of: completion(name) };
  const work = work_struct(name, { className });
  return { kind, of: work, queue: workqueue(`${name}_queue`, [work]) };
}

/** The statements of the steps of one scene. */
class Words {
  readonly #locks: ReadonlyMap<string, Lock>;
  readonly #waits: ReadonlyMap<string, Wait>;

  constructor(private readonly scene: Scene) {
    this.#locks = new Map(scene.locks.map((lock) => [lock.variable, lockOf(lock)]));
    this.#waits = new Map(scene.waits.map((wait) => [wait.variable, waitOf(wait)]));
  }

  statements(steps: readonly SceneStep[]): readonly Statement[] {
    return steps.flatMap((step) => this.#statement(step));
  }

  workers(): readonly Process[] {
    return this.scene.waits.flatMap(({ variable: name, steps }) => {
      const wait = this.#waits.get(name);
      if (wait?.kind !== "work") return [];
      return kworkers(wait.queue, [
        { work: wait.of, fn: `${name}_fn`, body: this.statements(steps) },
      ]);
    });
  }

  #statement(step: SceneStep): readonly Statement[] {
    switch (step.op) {
      case "irq-off":
        return [local_irq_disable()];
      case "irq-on":
        return [local_irq_enable()];
      case "allocate":
        return [kmalloc(this.statements(step.steps))];
      case "wait":
      case "signal": {
        const wait = this.#waits.get(step.wait.variable);
        return wait === undefined ? [] : [waitStatement(step.op, wait)];
      }
      case "lock":
      case "unlock": {
        const lock = this.#locks.get(step.lock.variable);
        return lock === undefined ? [] : [lockStatement(step.op, lock, step.read)];
      }
    }
  }
}

function waitStatement(op: "wait" | "signal", wait: Wait): Statement {
  if (wait.kind === "completion") {
    return op === "wait" ? wait_for_completion(wait.of) : complete(wait.of);
  }
  return op === "wait" ? flush_work(wait.queue, wait.of) : queue_work(wait.queue, wait.of);
}

function lockStatement(op: "lock" | "unlock", lock: Lock, read: boolean): Statement {
  const takes = op === "lock";
  switch (lock.kind) {
    case "raw_spinlock":
      return takes ? raw_spin_lock(lock.of) : raw_spin_unlock(lock.of);
    case "spinlock":
      return takes ? spin_lock(lock.of) : spin_unlock(lock.of);
    case "mutex":
      return takes ? mutex_lock(lock.of) : mutex_unlock(lock.of);
    case "rwlock":
      if (read) return takes ? read_lock(lock.of) : read_unlock(lock.of);
      return takes ? write_lock(lock.of) : write_unlock(lock.of);
    case "rwsem":
      if (read) return takes ? down_read(lock.of) : up_read(lock.of);
      return takes ? down_write(lock.of) : up_write(lock.of);
  }
}
