/** Reads the lines of a stack. */
import type { Aside, StackFrame } from "../../report/index.js";
import type { Draft } from "./draft.js";
import { beginsForeign } from "../segment/foreign.js";
import type { Line } from "../input/line.js";
import { isEntry } from "../../stacks/fold-stack.js";
import { readFrame } from "./site.js";

/** So many lines of others may stand in a row where no printing context tells them apart. */
const tolerance = 12;

/**
 * Returns the frames from the line `at` on, and the line after them.
 *
 * Lines of others within are left out, and the draft is told how many.
 */
export function readStack(
  lines: readonly Line[],
  at: number,
  draft: Draft,
): { readonly frames: readonly StackFrame[]; readonly next: number } {
  const frames: StackFrame[] = [];
  let next = at;
  const strange: Line[] = [];
  const within: Line[] = [];
  let dotted: Line | null = null;
  let lost: Line | null = null;
  for (let look = at; look < lines.length && strange.length <= tolerance; look++) {
    const line = lines[look];
    if (line === undefined) break;
    // Where one frame has an offset, a name alone is something else, as a word that was wrapped.
    const [innermost] = frames;
    const bare = innermost === undefined || !/\+0x|:\d|\[</.test(innermost.raw);
    const printed = frames.length === 0 ? line : withoutRegister(line);
    const frame = readFrame(printed, bare && line.tagged === (lines[at]?.tagged ?? false));
    if (frame !== null) {
      frames.push(frame);
      next = look + 1;
      within.push(...strange.splice(0));
      lost ??= dotted;
    } else if (dots.test(line.text)) {
      // lockdep itself prints three before a stack.
      if (frames.length > 0 || line.text.trim() !== "...") dotted ??= line;
    } else if (goesOnAfter(lines, look, frames)) continue;
    else if (endsStack.test(line.text) || beginsForeign(draft.kind, line.text)) break;
    else if (!isFurniture(line.text)) strange.push(line);
  }
  tellOf(within, draft);
  // Behind a whole stack they stand for other lines.
  if (!frames.some(({ symbol }) => symbol !== null && isEntry(symbol))) lost ??= dotted;
  const outer = frames.findLast(({ unsure }) => !unsure);
  if (lost === null && outer !== undefined && isCut(frames, outer) && !draft.asides.some(isOfCut)) {
    const what = `the stack of which \`${outer.symbol ?? ""}\` is the last ${ofCut}: its outer functions may be cut off`;
    draft.asides.push({ line: outer.line, what });
  }
  if (lost !== null) {
    const what = "dots in the place of frames of a stack, which are lost";
    draft.asides.push({ line: lost.number, what });
  }
  return { frames, next };
}

const ofCut = "does not show what it was entered by";
const isOfCut = ({ what }: Aside): boolean => what.includes(ofCut);

/** Who answers within a report may leave a blank line in the middle of a stack. */
function goesOnAfter(
  lines: readonly Line[],
  blank: number,
  frames: readonly StackFrame[],
): boolean {
  const next = lines[blank + 1];
  return (
    lines[blank]?.text.trim() === "" &&
    frames.length > 0 &&
    next !== undefined &&
    /^\s*(?:[A-Za-z_][\w.]*\+0x[0-9a-f]+\/0x|0x[0-9a-f]{8,16}\s*$)/.test(next.text) &&
    !frames.some(({ symbol }) => symbol !== null && isEntry(symbol))
  );
}

/** Faults, interrupts and the beginnings of threads on all machines, besides what is known as an entry. */
const entered =
  /fault|exc_|exception|trap|irq|nmi|abort|dabt|^el[01]|^entry|^ret|^asm_|vector|idle|^start|^rest|syscall|system_call|sysenter|thread|_stext|handler|error|interrupt|^0x/i;

/** Whether a whole line of a stack is its last, and nobody enters there; ARM names the next one in it. */
const isCut = (frames: readonly StackFrame[], { symbol, raw }: StackFrame): boolean =>
  frames.length > 1 &&
  symbol !== null &&
  /\+0x[0-9a-f]+\/0x/.test(raw) &&
  !raw.includes(" from ") &&
  !frames.some((frame) => frame.symbol !== null && isEntry(frame.symbol)) &&
  !entered.test(symbol);

/**
 * An exception or interrupt within a stack prints the registers of what it came in on, and that
 * function, which has no line of its own, with the instruction pointer (arch/x86/kernel/dumpstack.c).
 */
const withoutRegister = (line: Line): Line =>
  /^\s*(?:RIP: 0010:|EIP: )[A-Za-z_]/.test(line.text)
    ? { ...line, text: line.text.replace(/^\s*(?:RIP: 0010:|EIP: )/, " ") }
    : line;

/** What who shortens a report leaves in the place of frames. */
const dots = /^\s*(?:\.{2,}|…|\[(?:\.{2,}|…|s?snip\w*)\]|<\.{2,}>|<snip>)\s*$/i;

/** Context marks and registers, which stand between the frames of one stack. */
const isFurniture = (text: string): boolean =>
  /^\s*(?:<\/?[\w#]+>|\.{2,3}|(?:<?[0-9a-f]{2}>? ){7,}.*|[0-9a-f]{16}(?: [0-9a-f]{16})*|[RE]?[A-Z0-9]{2,3}: .*|Code: .*|Modules linked in: .*|Exception stack\(0x.*|[0-9a-f]{4}:(?: +[0-9a-f]{8})+)\s*$/.test(
    text,
  );

function tellOf(within: readonly Line[], draft: Draft): void {
  const [first] = within;
  if (first === undefined) return;
  const lines =
    within.length === 1
      ? "a line that is no frame stands"
      : `${within.length} lines that are no frames stand`;
  const what = `${lines} within a stack, left out: of others, or broken`;
  draft.asides.push({ line: first.number, what });
}

/** What a stack cannot go on after: a blank line, a heading, a lock, a sentence of the report. */
const endsStack =
  /^\s*$|^\s*(?:->|[{}]|#\d+:|\.\.\. \w|[A-Z-]+(?: READ)?(?: USE)? at:|.*\)\{[-+.?]+\}|irq event stamp|other info|stack backtrace|CPU: \d|Call [Tt]race|to a |but |and )/;
