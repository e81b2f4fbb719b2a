/**
 * The usage-bit decoder: what each character of `{-.-.}` says, after `get_usage_chars()` and
 * `get_usage_char()` in kernel/locking/lockdep.c.
 */
import type { Figure } from "../draw/figure.js";
import { framed, type Drawing } from "../draw/card.js";
import type { Tone } from "../draw/palette.js";
import { line, rect, type SvgNode } from "../draw/svg.js";
import { label, labelLines, wrap } from "../draw/text.js";

/** One character of the usage bits, decoded. */
export interface UsageBit {
  readonly character: "." | "-" | "+" | "?";
  readonly context: "hardirq" | "softirq";
  readonly access: "write" | "read";
  readonly meaning: string;
}

const places = [
  { context: "hardirq", access: "write" },
  { context: "hardirq", access: "read" },
  { context: "softirq", access: "write" },
  { context: "softirq", access: "read" },
] as const;

const waitTypes: readonly string[] = [
  "not checked",
  "wait free",
  "spins (raw_spinlock_t)",
  "spins, sleeps on PREEMPT_RT (spinlock_t)",
  "sleeps (mutex, rwsem)",
  "any",
];

function meaningOf(character: UsageBit["character"], context: UsageBit["context"]): string {
  switch (character) {
    case ".":
      return `never in ${context} context, never with ${context}s on`;
    case "-":
      return `taken in ${context} context, never with ${context}s on`;
    case "+":
      return `taken with ${context}s on, never in ${context} context`;
    case "?":
      return `taken in ${context} context and also with ${context}s on`;
  }
}

function isCharacter(c: string | undefined): c is UsageBit["character"] {
  return c === "." || c === "-" || c === "+" || c === "?";
}

/**
 * Returns the four usage bits decoded, in the order in which the kernel prints them.
 *
 * @param usage four of `.-+?`, with or without braces and wait types: `{-.-.}-{2:2}`.
 * @throws Error if the text is anything else.
 */
export function decodeUsage(usage: string): readonly UsageBit[] {
  const characters = /^\{?([.+?-]{4})\}?(?:-\{\d+:\d+\})?$/.exec(usage.trim())?.[1];
  if (characters === undefined) {
    throw new Error(
      `not usage bits: ${JSON.stringify(usage.slice(0, 40))}; four of ". - + ?" are wanted, ` +
        `as Linux has printed since 4.14: "{-.-.}" or "{-.-.}-{2:2}"`,
    );
  }
  return places.flatMap((place, i) => {
    const character = characters[i];
    return isCharacter(character)
      ? [{ ...place, character, meaning: meaningOf(character, place.context) }]
      : [];
  });
}

const toneOf: Readonly<Record<UsageBit["character"], readonly [wash: Tone, ink: Tone]>> = {
  ".": ["panel", "muted"],
  "-": ["blueWash", "blue"],
  "+": ["greenWash", "green"],
  "?": ["redWash", "red"],
};

const columnWidth = 168;

function column(bit: UsageBit, i: number): readonly SvgNode[] {
  const x = i * columnWidth;
  // Readers share the lock with the readers of an interrupt: only a writer waits for itself.
  const shared = bit.character === "?" && bit.access === "read";
  const [wash, ink] = shared ? (["amberWash", "amber"] as const) : toneOf[bit.character];
  const middle = x + (columnWidth - 12) / 2;
  return [
    rect({ x, y: 0, width: columnWidth - 12, height: 62 }, { fill: wash, stroke: ink }, 6),
    label(bit.character, middle, 42, {
      size: 36,
      mono: true,
      bold: true,
      tone: ink,
      anchor: "middle",
    }),
    line({ x: middle, y: 62 }, { x: middle, y: 76 }, { stroke: ink }),
    label(`${bit.context}, ${bit.access}`, middle, 94, { bold: true, anchor: "middle" }),
    ...labelLines(wrap(bit.meaning, columnWidth - 20), middle, 114, { anchor: "middle" }),
  ];
}

function waitDrawing(wait: string): readonly SvgNode[] {
  const [outer, inner] = wait.split(":").map(Number);
  return [
    rect({ x: 0, y: 166, width: 4 * columnWidth - 12, height: 54 }, { fill: "panel" }, 6),
    label(`wait types {${wait}}`, 12, 198, { bold: true }),
    label(`outer ${waitName(outer)}`, 172, 187),
    label(`inner ${waitName(inner)}`, 172, 208),
  ];
}

function waitName(type: number | undefined): string {
  return `${type ?? 0} = ${waitTypes[type ?? 0] ?? "unknown"}`;
}

/**
 * Returns the figure that decodes a lock's usage bits, and its wait types if they follow.
 *
 * @param usage as printed: `{-.-.}` or `{-.-.}-{2:2}`.
 * @param name the lock's name, for the heading.
 * @throws Error if the text holds no usage bits.
 * @example
 * usageBits("{-.-.}-{2:2}", "&p->pi_lock").text
 */
export function usageBits(usage: string, name = ""): Figure {
  const bits = decodeUsage(usage);
  const wait = /\{(\d+:\d+)\}/.exec(usage)?.[1];
  const drawing: Drawing = {
    width: 4 * columnWidth - 12,
    height: wait === undefined ? 146 : 220,
    nodes: [...bits.flatMap(column), ...(wait === undefined ? [] : waitDrawing(wait))],
  };
  const shown = `{${bits.map((bit) => bit.character).join("")}}`;
  const rows = bits.map((b) => `${b.character}  ${b.context} ${b.access}: ${b.meaning}`);
  const [outer, inner] = (wait ?? "").split(":").map(Number);
  const waits =
    wait === undefined
      ? []
      : [`{${wait}}  wait types: outer ${waitName(outer)}; inner ${waitName(inner)}`];
  const subject = name === "" ? shown : `${shown} of ${name}`;
  const alt = `Usage bits ${subject}: ${bits.map((b) => `${b.context} ${b.access} ${b.meaning}`).join("; ")}.`;
  return {
    name: "usage-bits",
    alt,
    text: [`usage bits ${subject}`, ...rows, ...waits].join("\n"),
    svg: framed(drawing, { heading: `Usage bits ${subject}`, alt }),
  };
}
