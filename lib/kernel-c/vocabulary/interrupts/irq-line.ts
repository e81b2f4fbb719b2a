/** Interrupt lines of devices: include/linux/interrupt.h. A line is known by its number, or by the variable that holds it. */
import {
  type IrqLine,
  type Statement,
  device,
  disable_irq,
  disable_irq_nosync,
  enable_irq,
  irq_line,
  raising,
  request_irq,
  request_threaded_irq,
  synchronize_hardirq,
  synchronize_irq,
} from "../../../machine/index.js";
import {
  type Call,
  type CallRow,
  type Family,
  type ObjectType,
  type PassedArgument,
  type World,
  does,
  gives,
} from "../row/index.js";

const lineType: ObjectType<IrqLine> = {
  names: ["irq line"],
  definers: [],
  initializers: [],
  declare: (name) => irq_line(name),
};

const IRQF_ONESHOT = 0x2000;
const IRQF_NO_THREAD = 0x10000;

const lineOf = (world: World, id: string): IrqLine =>
  world.once(lineType, id, () => irq_line(/^\d/.test(id) ? `irq ${id}` : id));

/** The line by the number, or by the name of the variable that it is kept in; a device's own stands behind the device. */
const lineIdOf = (call: Call): string => call.identity(call.name.startsWith("devm_") ? 1 : 0);

const onLine = (run: (line: IrqLine) => Statement, takes = "irq"): CallRow =>
  does(takes, (call) => [run(lineOf(call.world, handledLine(call)))]);

/** A line that somebody handles. */
function handledLine(call: Call): string {
  const id = lineIdOf(call);
  const { world } = call;
  if (world.noted("irq", id).length === 0 && world.noted("irq thread", id).length === 0) {
    call.refuse(`${call.argument(0)}: nobody handles this line; request_irq() says who does`, 0);
  }
  return id;
}

/** Notes who handles a line: `dev_id` is what `free_irq()` and the handler get. */
function requested(
  call: Call,
  handler: number,
  thread: number | null,
  flags: number,
  dev: number,
): void {
  const id = lineIdOf(call);
  const { world } = call;
  const hard = call.argument(handler) === "NULL" ? null : call.functionName(handler);
  if (hard !== null) world.note("irq", id, hard);
  if (thread !== null && call.argument(thread) !== "NULL") {
    world.note("irq thread", id, call.functionName(thread));
  }
  world.note("irq flags", id, String(call.constant(flags)));
  const passed = call.passed(dev);
  if (passed !== null) world.note("irq dev_id", id, passed);
}

const requests = (takes: string, thread: number | null, flags: number, dev: number): CallRow => ({
  ...gives(takes, (call) => {
    requested(call, takes.startsWith("dev,") ? 2 : 1, thread, flags, dev);
    return { op: "const", value: 0 };
  }),
  setsUp: true,
});

export const irqLineFamily: Family = {
  name: "irq-line",
  calls: {
    request_irq: requests("irq, handler, flags, name, dev_id", null, 2, 4),
    request_any_context_irq: requests("irq, handler, flags, name, dev_id", null, 2, 4),
    devm_request_irq: requests("dev, irq, handler, flags, name, dev_id", null, 3, 5),
    devm_request_any_context_irq: requests("dev, irq, handler, flags, name, dev_id", null, 3, 5),
    devm_request_threaded_irq: requests(
      "dev, irq, handler, thread_fn, flags, name, dev_id",
      3,
      4,
      6,
    ),
    devm_free_irq: onLine(disable_irq, "dev, irq, dev_id"),
    // It waits for the hard handlers alone; returns whether a threaded one was under way.
    disable_hardirq: gives("irq", (call) => {
      const line = lineOf(call.world, handledLine(call));
      call.emit(disable_irq_nosync(line), synchronize_hardirq(line));
      if (call.isUsed) call.refuse("whether a threaded handler is under way is not known here");
      return { op: "const", value: 1 };
    }),
    request_threaded_irq: requests("irq, handler, thread_fn, flags, name, dev_id", 2, 3, 5),
    free_irq: onLine(disable_irq, "irq, dev_id"),
    disable_irq: onLine(disable_irq),
    disable_irq_nosync: onLine(disable_irq_nosync),
    enable_irq: onLine(enable_irq),
    synchronize_irq: onLine(synchronize_irq),
    synchronize_hardirq: onLine(synchronize_hardirq),
  },
  instead: {
    request_percpu_irq: "a comment says what comes to each CPU: lab: hardirq FUNCTION on all",
    request_nmi: "a comment says what comes: lab: nmi FUNCTION on CPU",
    irq_wake_thread: "return IRQ_WAKE_THREAD from the handler",
    generic_handle_irq: "a device raises its line at any time, once request_irq() has its handler",
    irq_set_affinity: "a line comes to any CPU",
    open_softirq: "a comment says what runs: lab: softirq FUNCTION on CPU; or a tasklet",
    raise_softirq: "a tasklet: tasklet_schedule()",
    raise_softirq_irqoff: "a tasklet: tasklet_schedule()",
    napi_schedule: "a tasklet: tasklet_schedule(), which runs in a softirq as well",
    napi_disable: "a tasklet: tasklet_kill() waits until it neither runs nor is scheduled",
    tasklet_disable: "tasklet_kill() waits; a flag of the file keeps it from doing anything",
    tasklet_enable: "a flag of the file",
  },
  constants: {
    IRQF_SHARED: 0x80,
    IRQF_ONESHOT,
    IRQF_NO_THREAD,
    IRQF_TRIGGER_NONE: 0,
    IRQF_TRIGGER_RISING: 1,
    IRQF_TRIGGER_FALLING: 2,
    IRQF_TRIGGER_HIGH: 4,
    IRQF_TRIGGER_LOW: 8,
  },
  processes: (world) =>
    [...new Set([...world.all("irq"), ...world.all("irq thread")])].flatMap((id) => {
      const line = lineOf(world, id);
      const flags = Number(world.noted("irq flags", id)[0] ?? 0);
      const [hard] = world.noted("irq", id);
      const [thread] = world.noted("irq thread", id);
      const args: readonly PassedArgument[] = [
        { kind: "number", value: Number(id) || 0 },
        { kind: "passed", what: world.noted("irq dev_id", id)[0] ?? null },
      ];
      const first = hard === undefined ? [] : world.body(hard, args);
      const handlers =
        thread === undefined
          ? [
              request_irq(line, hard ?? id, first, {
                IRQF_NO_THREAD: (flags & IRQF_NO_THREAD) !== 0,
              }),
            ]
          : request_threaded_irq(line, thread, first, world.body(thread, args), {
              IRQF_ONESHOT: (flags & IRQF_ONESHOT) !== 0,
            });
      return [...handlers, device(`device of ${line.name}`, raising(line))];
    }),
};
