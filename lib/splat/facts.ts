/** The facts of a report under the names that `lab splat --json` prints. */
import type { ConnectedLock, LockMention, CodeSite, SplatReport } from "./report.js";

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

/** The facts of a report, for JSON. */
export function factsOf(report: SplatReport): SplatFacts {
  const { kernel, task, held, cpuLine, rcu } = report;
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
    irq_state: report.irqState,
    acquiring: lockFacts(report.acquiring),
    holding: lockFacts(report.holding),
    releasing:
      report.releasing === null
        ? null
        : present({ name: report.releasing.name, ...siteFacts(report.releasing.at) }),
    held_in_freed: lockFacts(report.heldInFreed),
    freed_range: report.freedRange,
    not_holding: report.notHolding ? true : null,
    nest_lock: report.nestLock,
    chain: report.chain.length === 0 ? null : report.chain.map(chainFacts),
    chain_summary: report.chainSummary.length === 0 ? null : report.chainSummary,
    deadlock_banner: report.deadlockBanner ? true : null,
    scenario: scenarioFacts(report),
    missing_nesting_note: report.missingNestingNote ? true : null,
    held_count: held?.count,
    held_by: held === null ? null : { comm: held.comm, pid: held.pid },
    held: held?.locks.map((lock) => ({ ...lockFacts(lock), n: lock.index })),
    held_mismatch: held !== null && held.count !== held.locks.length ? true : null,
    usage_from: report.usageFrom,
    usage_to: report.usageTo,
    registered_state: report.registered?.state,
    irq_event_stamp: report.irqEventStamp,
    irq_class: report.irqClass,
    new_dependency:
      report.newDependency === null
        ? null
        : {
            from: classFacts(report.newDependency.from),
            to: classFacts(report.newDependency.to),
          },
    connects_safe: connectedFacts(report.connectsSafe),
    connects_unsafe: connectedFacts(report.connectsUnsafe),
    other_lock:
      report.other === null
        ? null
        : {
            ...classFacts(report.other.lock),
            cls: report.other.cls,
            direction: report.other.direction,
          },
    usage_blocks: blockFacts(report),
    context: report.context,
    rcu:
      rcu === null
        ? null
        : present({
            file: rcu.file,
            line: rcu.lineNumber,
            what: rcu.what,
            rcu_scheduler_active: rcu.schedulerActive,
            debug_locks: rcu.debugLocks,
          }),
    last_function: report.lastFunction,
    warn_at: report.warnAt,
    has_stack_backtrace: report.hasStackBacktrace,
    unrecovered: report.unrecovered.map(({ line, what }) => ({ line, what })),
  });
}

function cpuFacts(line: NonNullable<SplatReport["cpuLine"]>): SplatFacts {
  const { cpu, uid, pid, comm, kernel, trailer } = line;
  return present({ cpu, uid, pid, comm, kernel, trailer });
}

const classFacts = (lock: LockMention): SplatFacts =>
  present({ name: lock.name, usage: lock.usage, wait: lock.wait });

function lockFacts(lock: LockMention | null): SplatFacts | null {
  if (lock === null) return null;
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

function chainFacts(link: SplatReport["chain"][number]): SplatFacts {
  const { frames } = link;
  return present({
    idx: link.index,
    ...classFacts(link.lock),
    nframes: frames.length,
    first_frame: frames[0]?.raw,
    last_frame: frames[frames.length - 1]?.raw,
  });
}

function scenarioFacts({ scenario }: SplatReport): SplatFacts | null {
  if (scenario === null) return null;
  return {
    interrupt: scenario.interrupt,
    cpus: scenario.cpus,
    rows: scenario.rows.map(({ cpu, op, lock }) =>
      lock === null ? { cpu, op } : { cpu, op, lock },
    ),
  };
}

const connectedFacts = (connected: ConnectedLock | null): SplatFacts | null =>
  connected === null ? null : { ...classFacts(connected.lock), cls: connected.cls };

function blockFacts({ usageBlocks }: SplatReport): FactValue | null {
  if (usageBlocks.length === 0) return null;
  return usageBlocks.map((block) =>
    present({
      ...classFacts(block.lock),
      states: block.states.map(({ state }) => state),
      key: block.key,
      ops: block.ops,
    }),
  );
}
