/** Folds a stack to the functions that matter: what lies between the entry and the lock. */
import type { StackFrame } from "../report/index.js";

/** A stack without lockdep's, the lock's and the entry's own functions. */
export interface FoldedStack {
  /** The function that takes the lock, such as `_raw_spin_lock_irqsave`, or null. */
  readonly acquire: string | null;
  /** The functions that matter, innermost first. */
  readonly functions: readonly string[];
  /** What the stack runs in, as far as its functions tell. */
  readonly context: "hardirq" | "softirq" | "work item" | "system call" | "kernel thread" | "task";
  /** How many lines were left out. */
  readonly folded: number;
}

const lockdeps =
  /^(?:__lock_acquire|lock_acquire|lock_acquire_nested|check_\w+|validate_chain|mark_\w+|print_\w+|lockdep_\w+|trace_(?:hard|soft)irqs_\w+|dump_stack\w*|__dump_stack|show_stack|dump_backtrace|stack_trace_save|save_trace|register_lock_class|assign_lock_key|__bfs|valid_state|__might_sleep|might_sleep|unwind_backtrace|lock_is_held\w*|lock_release|__lock_release|return_to_handler|ftrace_\w+|prepare_ftrace_return|debug_check_no_locks_\w+)(?:\.|$)/;

/** The functions that take a lock; the innermost of them names how it is taken. */
const acquires =
  /^(?:_?_?raw_(?:spin|read|write)_(?:try)?lock\w*|_(?:spin|read|write)_lock\w*|(?:spin|read|write)_(?:try)?lock\w*|_?_?mutex_(?:try)?lock\w*|ww_mutex_lock\w*|_?_?ww_mutex_lock\w*|_?_?down_(?:read|write)\w*|_?_?rt_(?:mutex|spin)_\w*lock\w*|_?_?percpu_down_\w+|lock_sock\w*|_?_?wait_for_common\w*|wait_for_completion\w*|rcu_read_lock\w*|rcu_lock_acquire|rwsem_\w+|queued_\w+lock\w*|do_raw_\w+_lock|seqcount_lockdep_reader_access|do_write_seqcount_begin\w*|local_lock_acquire)(?:\.|$)/;

const hardirqs =
  /^(?:(?:asm_)?sysvec_\w+|asm_common_interrupt|common_interrupt|do_IRQ|handle_irq_event|__handle_irq_event_percpu|handle_\w+_irq|smp_\w*interrupt|smp_\w*ipi\w*|\w*apic_timer_interrupt|asm_call_irq_on_stack|gic_handle_irq|el1\w*_irq|__irq_svc|do_ext_irq|generic_handle_\w+|hrtimer_interrupt|do_interrupt_handler|call_on_irq_stack|flush_smp_call_function_queue|__sysvec_\w+|__flush_smp_call_function_queue|ipi_interrupt|do_vm_irq|local_apic_timer_interrupt)(?:\.|$)/;
const softirqs =
  /^(?:__do_softirq|do_softirq\w*|handle_softirqs|run_ksoftirqd|irq_exit\w*|__irq_exit_rcu|invoke_softirq|run_timer_softirq|call_timer_fn|__run_timers|expire_timers|net_rx_action|tasklet_action\w*|rcu_core\w*|run_timer_base|__local_bh_enable_ip|do_softirq_own_stack)(?:\.|$)/;
const works = /^(?:process_one_work|process_scheduled_works|worker_thread)(?:\.|$)/;
const syscalls =
  /^(?:entry_(?:SYSCALL|INT80|SYSENTER)\w*|(?:__)?do_syscall\w*|x64_sys_call|syscall_\w+|__?do_sys_\w+|__se_sys_\w+|_?_?\w*_?sys_\w+|el0\w*|invoke_syscall\w*|system_call\w*|ret_fast_syscall|do_fast_syscall\w*|do_int80\w*|ia32_sys\w*|tracesys\w*)(?:\.|$)/;
const threads =
  /^(?:kthread|ret_from_fork\w*|__ret_from_fork|kernel_thread_helper|child_rip|secondary_startup\w*|cpu_startup_entry|start_secondary|do_idle|default_idle\w*|cpuidle_\w+|rest_init|start_kernel|x86_64_start_\w+|kernel_init|do_one_initcall|do_initcalls|kernel_init_freeable|arch_call_rest_init)(?:\.|$)/;

const bare = (frame: StackFrame): string | null => frame.symbol;

/**
 * Folds a stack.
 *
 * @param frames the frames, innermost first
 * @returns what takes the lock, the functions that matter, and what they run in
 * @example
 * ```ts
 * const [report] = readSplats(kvmPiReport);
 * foldStack(report?.chain?.[0]?.frames ?? []).functions.length > 0 // true
 * ```
 */
export function foldStack(frames: readonly StackFrame[]): FoldedStack {
  const sure = frames.filter(({ unsure }) => !unsure);
  const names = sure.map(bare).filter((name) => name !== null);
  const inner = names.filter((name) => !lockdeps.test(name));
  // Only from the innermost end: further out a lock's name is a caller like any other.
  const leading = inner.findIndex((name) => !acquires.test(name));
  const taking = leading < 0 ? inner : inner.slice(0, leading);
  const rest = inner.slice(taking.length);
  const functions = dropEntry(rest);
  return {
    acquire: taking.at(-1) ?? null,
    functions,
    context: contextOf(names),
    folded: frames.length - functions.length,
  };
}

/** Cuts at the first function that enters: what lies further out was only interrupted by it. */
function dropEntry(names: readonly string[]): readonly string[] {
  const entry = names.findIndex((name, at) => at > 0 && isEntry(name));
  const kept = entry < 0 ? names : names.slice(0, entry);
  const own = kept.filter((name) => !isEntry(name));
  return own.length > 0 ? own : names.slice(0, 1);
}

const isEntry = (name: string): boolean =>
  [hardirqs, softirqs, works, syscalls, threads].some((pattern) => pattern.test(name));

function contextOf(names: readonly string[]): FoldedStack["context"] {
  for (const name of names) {
    if (hardirqs.test(name)) return "hardirq";
    if (softirqs.test(name)) return "softirq";
    if (works.test(name)) return "work item";
    if (syscalls.test(name)) return "system call";
    if (threads.test(name)) return "kernel thread";
  }
  return "task";
}
