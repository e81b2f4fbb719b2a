/**
 * What the preprocessor and GNU C add to kernel code, rewritten so that a parser of plain C reads it: every
 * character keeps its offset.
 */

/** The macros that the vocabulary knows as declarations and loops. */
export interface MacroNames {
  /** `DEFINE_MUTEX` and the type that it declares. */
  readonly definers: ReadonlyMap<string, string>;
  /** Those among them that name a type and a size behind the name: `DEFINE_KFIFO`. */
  readonly holders: ReadonlySet<string>;
  /** Names of loops, such as `list_for_each_entry`. */
  readonly loops: ReadonlySet<string>;
}

/** A text that plain C allows, and what was rewritten in it. */
export interface Rewritten {
  readonly code: string;
  /** Offsets of names that are declared per CPU. */
  readonly perCpu: ReadonlySet<number>;
  /** What a definer of values in a queue says behind the name, by the offset of that: `int, 4`. */
  readonly holds: ReadonlyMap<number, string>;
  /** The loop macro that stands at an offset, where `while` stands now. */
  readonly loops: ReadonlyMap<number, string>;
}

/** `#define dbg(fmt, args...)`, as GNU C names what `...` stands for. */
const namedRest = /^([ \t]*#[ \t]*define[ \t]+\w+\([^()\n]*?)(\w+)\.\.\.(?=\))/gm;

/** Words without a meaning for locking, some with an argument. */
const attributes =
  /\b(?:__init|__exit|__initdata|__ro_after_init|__read_mostly|__maybe_unused|__always_unused|__used|__percpu|__user|__iomem|__rcu|__force|__cold|__hot|__sched|__lockfunc|__always_inline|__must_check|__visible|__packed|__ref|__weak|__cpuidle|noinline|notrace|asmlinkage|noinstr|____?cacheline_aligned(?:_in_smp)?|__(?:must_hold|acquires|releases|cond_acquires|guarded_by|aligned|printf|section|malloc)\s*\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))(?![\w(])/g;

/** Lines at file scope that declare nothing. */
const noDeclarations =
  /^[ \t]*(?:EXPORT_SYMBOL\w*|MODULE_\w+|module_init|module_exit|console_initcall|(?:early|pure|core|postcore|arch|subsys|fs|rootfs|device|late)_initcall(?:_sync)?|DECLARE_PER_CPU\w*)\s*\([^;{}]*\)\s*;/gm;

/**
 * A type as an argument of a macro, `container_of(pointer, struct foo, member)`: plain C has no such thing, so that
 * a name is left of it.
 */
const typeArguments =
  /(\w\s*\(\s*|,\s*)((?:struct|union|enum)\s+(?=\w+\s*[,)])|(?:(?:unsigned|signed|long)\s+)+(?=(?:int|long|char|short)\s*[,)]))/g;

/** Names of loops by macro, with those of the kernel that the vocabulary lacks. */
const loopNames = /\b(?:\w*for_each_\w+|scoped_guard|scoped_cond_guard|in_one_step)(?=\s*\()/g;

/** Macros of the text that are the head of a loop: `#define for_each_dev(d) for (d = 0; d < 2; d++)`. */
function ownLoops(text: string): ReadonlySet<string> {
  const head =
    /^[ \t]*#[ \t]*define[ \t]+(\w+)\([^()\n]*\)(?:[ \t]|\\\r?\n)*(?:for|\w*for_each_\w+)[ \t]*(?=\()/gm;
  return new Set(
    [...text.matchAll(head)].flatMap((found) => {
      const end = behindArguments(text, found.index + found[0].length, "");
      return /^[ \t]*(?:\r?\n|$)/.test(text.slice(end)) ? [found[1] ?? ""] : [];
    }),
  );
}

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** Returns a text in which only what plain C allows is left. */
export function rewriteKnownMacros(text: string, names: MacroNames): Rewritten {
  const perCpu = new Set<number>();
  const holds = new Map<number, string>();
  const loops = new Map<number, string>();
  const own = ownLoops(text);
  const code = text
    .replace(
      /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/g,
      (token) => (token.startsWith("/") ? blank(token) : token),
    )
    .replace(
      namedRest,
      (_, before: string, name: string) => `${before}...${" ".repeat(name.length)}`,
    )
    .replace(attributes, blank)
    .replace(noDeclarations, blank)
    .replace(/\bfallthrough\s*;/g, blank)
    .replace(
      /\bDEFINE_PER_CPU\w*\s*\(((?:struct\s+|unsigned\s+|enum\s+)?\w+(?:\s*\*)?)\s*,\s*(\w+)\s*((?:\[\s*\w+\s*\]\s*)*)\)/g,
      (all, type: string, name: string, sizes: string, offset: number) => {
        const nameAt = offset + all.indexOf(name, all.indexOf(type) + type.length);
        perCpu.add(nameAt);
        const typeAt = offset + all.indexOf(type, all.indexOf("("));
        return pad(all, offset, [
          [typeAt, type],
          [nameAt, name + sizes],
        ]);
      },
    )
    .replace(
      /\b(DEFINE_\w+|DECLARE_\w+|LIST_HEAD|LLIST_HEAD|HLIST_HEAD)\s*\(\s*(\w+)\s*(?:,([^();{}]*(?:\([^();{}]*\)[^();{}]*)*))?\)/g,
      (all: string, definer: string, name: string, more: string | undefined, offset: number) => {
        const type = names.definers.get(definer);
        const nameAt = offset + all.indexOf(name, all.indexOf("("));
        if (type === undefined || type.length >= nameAt - offset) return all;
        if (names.holders.has(definer) && more !== undefined) {
          holds.set(nameAt, more.trim());
          return pad(all, offset, [
            [offset, type],
            [nameAt, name],
          ]);
        }
        const comma = all.indexOf(",", all.indexOf(name, all.indexOf("(")));
        const rest: [number, string][] =
          more === undefined || more.trim() === ""
            ? []
            : [
                [offset + comma, "="],
                [offset + comma + 1, more],
              ];
        return pad(all, offset, [[offset, type], [nameAt, name], ...rest]);
      },
    )
    .replace(
      /\bDECLARE_BITMAP\s*\(\s*(\w+)\s*,\s*(\w+)\s*\)/g,
      (all: string, name: string, bits: string, offset: number) => {
        const nameAt = offset + all.indexOf(name, all.indexOf("("));
        holds.set(nameAt, bits);
        return pad(all, offset, [
          [offset, "ulong"],
          [nameAt, `${name}[1]`],
        ]);
      },
    )
    .replace(
      typeArguments,
      (all: string, before: string, words: string) =>
        before + blank(words) + all.slice(before.length + words.length),
    )
    .replace(
      own.size === 0
        ? loopNames
        : new RegExp(`${loopNames.source}|\\b(?:${[...own].join("|")})(?=\\s*\\()`, "g"),
      (name: string, ...more: readonly unknown[]) => {
        const [offset, all] = more.slice(-2) as [number, string];
        const body = behindArguments(all, offset + name.length);
        if (/#[ \t]*define[ \t]+$/.test(all.slice(Math.max(0, offset - 20), offset))) return name;
        // A statement of that name is a call; what has a body is a loop.
        const isLoop = names.loops.has(name) || own.has(name);
        if (!isLoop && !/^\s*\{/.test(all.slice(body, body + 200))) return name;
        loops.set(offset, name);
        return "while".padEnd(name.length);
      },
    );
  return { code, perCpu, holds, loops };
}

/** Returns blanks of the length of a text, with words at absolute offsets. */
function pad(all: string, offset: number, words: readonly (readonly [number, string])[]): string {
  let made = blank(all);
  for (const [at, word] of words) {
    const from = at - offset;
    made = made.slice(0, from) + word + made.slice(from + word.length);
  }
  return made;
}

/** The offset behind the parentheses that open at or after an offset. */
function behindArguments(text: string, from: number, ends = ";{"): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const c = text[at];
    if (c === "(") depth += 1;
    else if (c === ")") {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (c !== undefined && ends.includes(c)) return at;
  }
  return text.length;
}
