/** The types of the subset. */

/** What a value or a place is. */
export type CType =
  | { readonly kind: "void" }
  | { readonly kind: "bool" }
  /** Integers, and enums: their range by their type. */
  | { readonly kind: "int"; readonly name: string; readonly min: number; readonly max: number }
  | { readonly kind: "pointer"; readonly to: CType }
  /** A pointer to a function. */
  | { readonly kind: "code" }
  | { readonly kind: "struct"; readonly tag: string }
  /** A primitive of the vocabulary, by the name of its type: `spinlock_t`, `struct mutex`. */
  | { readonly kind: "object"; readonly name: string };

/**
 * The range of a type of 32 or 64 bits: a state keeps 31 bits of a value, so that half of them are below 0.
 */
const wide = { min: -(2 ** 30), max: 2 ** 30 - 1 };
const unsigned = { min: 0, max: 2 ** 31 - 2 };

interface Range {
  readonly min: number;
  readonly max: number;
}

const ranges: Readonly<Record<string, Range>> = {
  char: { min: -128, max: 127 },
  s8: { min: -128, max: 127 },
  int8_t: { min: -128, max: 127 },
  u8: { min: 0, max: 255 },
  __u8: { min: 0, max: 255 },
  uint8_t: { min: 0, max: 255 },
  short: { min: -32768, max: 32767 },
  s16: { min: -32768, max: 32767 },
  int16_t: { min: -32768, max: 32767 },
  u16: { min: 0, max: 65535 },
  __u16: { min: 0, max: 65535 },
  uint16_t: { min: 0, max: 65535 },
  int: wide,
  long: wide,
  s32: wide,
  s64: wide,
  int32_t: wide,
  int64_t: wide,
  ssize_t: wide,
  loff_t: wide,
  pid_t: wide,
  ktime_t: wide,
  uint: unsigned,
  ulong: unsigned,
  u32: unsigned,
  u64: unsigned,
  __u32: unsigned,
  __u64: unsigned,
  uint32_t: unsigned,
  uint64_t: unsigned,
  size_t: unsigned,
  gfp_t: unsigned,
  dma_addr_t: unsigned,
  irqreturn_t: { min: 0, max: 2 },
};

const truths: ReadonlySet<string> = new Set(["bool", "_Bool"]);

/** Returns the type of a name that C or the kernel's own typedefs have; null if there is none. */
export function plainType(name: string): CType | null {
  if (name === "void") return { kind: "void" };
  if (truths.has(name)) return { kind: "bool" };
  const range = Object.hasOwn(ranges, name) ? ranges[name] : ofWords(name.split(" "));
  return range === undefined ? null : { kind: "int", name, ...range };
}

/** C's own integers are made of words in any order: `unsigned long int`, `long unsigned`. */
function ofWords(words: readonly string[]): Range | undefined {
  if (!words.every((word) => typeWords.has(word))) return undefined;
  const has = (word: string): boolean => words.includes(word);
  if (has("char")) return has("unsigned") ? ranges["u8"] : ranges["char"];
  if (has("short")) return has("unsigned") ? ranges["u16"] : ranges["short"];
  return has("unsigned") ? unsigned : wide;
}

const typeWords: ReadonlySet<string> = new Set([
  "signed",
  "unsigned",
  "char",
  "short",
  "int",
  "long",
]);

/** The names of the types that there are, for suggestions. */
export const plainTypeNames: readonly string[] = [
  "void",
  "bool",
  "unsigned int",
  "unsigned long",
  "long long",
  ...Object.keys(ranges),
];

/** Returns a type as it is written. */
export function printType(of: CType): string {
  switch (of.kind) {
    case "void":
    case "bool":
      return of.kind;
    case "int":
    case "object":
      return of.name;
    case "struct":
      return `struct ${of.tag}`;
    case "pointer":
      return `${printType(of.to)} *`;
    case "code":
      return "pointer to a function";
  }
}

/** Returns the range that a comment behind a declaration states, as in `0..2` or `0..2: what it is`. */
export function rangeIn(
  remark: string | null,
): { readonly min: number; readonly max: number } | null {
  const found = /^\/[/*]!?<?\s*(-?\d+)\s*\.\.\s*(-?\d+)\b/.exec(remark ?? "");
  if (found === null) return null;
  const [, min, max] = found;
  return { min: Number(min), max: Number(max) };
}

/** Returns whether a comment behind a declaration says that the values are CPUs. */
export const isCpuRemark = (remark: string | null): boolean =>
  /^\/[/*]\s*cpu\b(?![-\w])/.test(remark ?? "") && !/^\/[/*]\s*cpu\s+\w/.test(remark ?? "");

/** Returns whether values of a type are one of several things by number: locks, variables, functions. */
export const isChosen = (of: CType): boolean =>
  of.kind === "code" || (of.kind === "pointer" && of.to.kind !== "struct");
