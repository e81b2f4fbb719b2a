/** The facts of a report under the names that `lab splat --json` prints. */
import type {
  AnySplat,
  CodeSite,
  ConnectedLock,
  LockMention,
  SomeParts,
  SplatReport,
} from "./report/index.js";

/** A JSON value. */
export type FactValue =
  string | number | boolean | null | readonly FactValue[] | { readonly [name: string]: FactValue };

/** Facts by name; what was not printed or not recovered has no entry. */
export type SplatFacts = Readonly<Record<string, FactValue>>;

/** Leaves out what is null or undefined. */
function present(entries: Readonly<Record<string, FactValue | undefined>>): SplatFacts {
  const kept: Record<string, FactValue> = {};
  for (const [name, value] of Object.entries(entries)) {
    if (value !== undefined && value !== null) kept[name] = value;
  }
  return kept;
}

/** Returns the facts of a report, for JSON. */
export function factsOf(report: SplatReport): SplatFacts {
  const { kernel, task, held, cpuLine } = report;
  const parts: SomeParts = report;
  const { rcu, releasing, newDependency, other } = parts;
  return present({
    kind: report.kind,
    headline: report.headline,
    no_banner: report.hasBanner ? null : true,
    lines: [report.firstLine, report.lastLine],
    interleaved_other_callers: report.strangers,
    html_entities: report.escaped ? true : null,
    wrapped_lines_joined: report.joined,
    kernel_version: kernel?.version,
    build: kernel?.from === "banner" ? kernel.build : null,
    taint: kernel?.from === "banner" ? kernel.taint : null,
    version_from: kernel?.from,
    cpu_line: cpuLine === null ? null : cpuFacts(cpuLine),
    hardware: report.hardware,
    task: task === null ? null : { comm: task.comm, pid: task.pid, action: task.action },
    irq_state: parts.irqState,
    acquiring: lockFacts(parts.acquiring),
    holding: lockFacts(parts.holding),
    releasing:
      releasing == null ? null : present({ name: releasing.name, ...siteFacts(releasing.at) }),
    held_in_freed: lockFacts(parts.heldInFreed),
    freed_range: parts.freedRange,
    not_holding: parts.notHolding ? true : null,
    nest_lock: parts.nestLock,
    chain: someOf(parts.chain)?.map(chainFacts),
    chain_summary: someOf(parts.chainSummary),
    deadlock_banner: parts.deadlockBanner ? true : null,
    scenario: scenarioFacts(parts),
    missing_nesting_note: parts.missingNestingNote ? true : null,
    held_count: held?.count,
    held_by: held === null ? null : { comm: held.comm, pid: held.pid },
    held: held?.locks.map((lock) => ({ ...lockFacts(lock), n: lock.index })),
    held_mismatch: held !== null && held.count !== held.locks.length ? true : null,
    usage_from: parts.usageFrom,
    usage_to: parts.usageTo,
    registered_state: parts.registered?.state,
    irq_event_stamp: report.irqEventStamp,
    irq_class: parts.irqClass,
    new_dependency:
      newDependency == null
        ? null
        : { from: classFacts(newDependency.from), to: classFacts(newDependency.to) },
    connects_safe: connectedFacts(parts.connectsSafe),
    connects_unsafe: connectedFacts(parts.connectsUnsafe),
    other_lock:
      other == null
        ? null
        : { ...classFacts(other.lock), cls: other.cls, direction: other.direction },
    usage_blocks: blockFacts(parts),
    context: parts.context,
    rcu:
      rcu == null
        ? null
        : present({
            file: rcu.file,
            line: rcu.lineNumber,
            what: rcu.what,
            rcu_scheduler_active: rcu.schedulerActive,
            debug_locks: rcu.debugLocks,
            illegal_from: rcu.illegalFrom,
          }),
    last_function: parts.lastFunction,
    warn_at: parts.warnAt,
    has_stack_backtrace: report.hasStackBacktrace,
    unrecovered: report.unrecovered.map(({ line, what }) => ({ line, what })),
  });
}

/** A list that holds something, or undefined. */
const someOf = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list?.length === 0 ? undefined : list;

function cpuFacts(line: NonNullable<AnySplat["cpuLine"]>): SplatFacts {
  const { cpu, uid, pid, comm, kernel, trailer } = line;
  return present({ cpu, uid, pid, comm, kernel, trailer });
}

const classFacts = (lock: LockMention): SplatFacts =>
  present({ name: lock.name, usage: lock.usage, wait: lock.wait });

function lockFacts(lock: LockMention | null | undefined): SplatFacts | null {
  if (lock == null) return null;
  return present({
    ...classFacts(lock),
    addr: lock.addr,
    ...siteFacts(lock.at),
    at_inlined_in: lock.inlinedIn.length === 0 ? null : lock.inlinedIn.map(({ raw }) => raw),
  });
}

function siteFacts(site: CodeSite | null): SplatFacts {
  if (site === null) return {};
  return present({
    at_raw: site.raw,
    at_ip: site.ip,
    at_sym: site.symbol,
    at_off: site.offset,
    at_module: site.module,
    at_loc: site.location,
    at_inline: site.inlined ? true : null,
  });
}

function chainFacts(link: NonNullable<SomeParts["chain"]>[number]): SplatFacts {
  const { frames } = link;
  return present({
    idx: link.index,
    ...classFacts(link.lock),
    nframes: frames.length,
    first_frame: frames[0]?.raw,
    last_frame: frames[frames.length - 1]?.raw,
  });
}

function scenarioFacts({ scenario }: SomeParts): SplatFacts | null {
  if (scenario == null) return null;
  return {
    interrupt: scenario.interrupt,
    cpus: scenario.cpus,
    rows: scenario.rows.map(({ cpu, op, lock }) =>
      lock === null ? { cpu, op } : { cpu, op, lock },
    ),
  };
}

const connectedFacts = (connected: ConnectedLock | null | undefined): SplatFacts | null =>
  connected == null ? null : { ...classFacts(connected.lock), cls: connected.cls };

function blockFacts({ usageBlocks }: SomeParts): FactValue | undefined {
  return someOf(usageBlocks)?.map((block) =>
    present({
      ...classFacts(block.lock),
      states: block.states.map(({ state }) => state),
      key: block.key,
      ops: block.ops,
    }),
  );
}
