/**
 * Removes, one after the other, the marks that loggers and mailers put before a kernel line.
 *
 * The kernel's own marks follow `print_prefix()` and `info_print_prefix()` in
 * kernel/printk/printk.c; the records of /dev/kmsg follow Documentation/ABI/testing/dev-kmsg.
 */

/** What stands before the text and was removed. */
export interface Stripped {
  readonly text: string;
  readonly writer: string | null;
  /** True if a log (not only a mailer) marked the line. */
  readonly tagged: boolean;
}

interface Mark {
  /** Characters with which the mark can begin. */
  readonly first: RegExp;
  readonly pattern: RegExp;
  readonly log: boolean;
}

const months = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const days = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const clock = "\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?";
const host = "(?:[\\w.-]+ (?=kernel\\b|\\d+,\\d+,|<\\d|\\[))?";

/** What mailers put before a line of a mail that is answered, once for each answer. */
const quoting = /^ {0,3}(?:>(?!-) ?)+/;

/** Returns how many marks of quoting stand before a line. */
export const quotesIn = (raw: string): number => (quoting.exec(raw)?.[0].match(/>/g) ?? []).length;

const marks: readonly Mark[] = [
  { first: /[> ]/, pattern: quoting, log: false },
  {
    first: /\s/,
    pattern: new RegExp(
      `^\\s+(?=\\[\\s*\\d+\\.\\d{2,9}\\]|\\[${days} ${months} |<\\d{1,2}>|${months} \\d|> )`,
    ),
    log: false,
  },
  { first: /\|/, pattern: /^\|(?: |$)/, log: false },
  // [   12.345678], [  +0.000002], [Mon Jul 29 18:27:12 2024]
  { first: /\[/, pattern: /^\[[\s<]*[+-]?\d+\.\d{2,9}>?(?:[@,]\s*\d+)?\] ?/, log: true },
  {
    first: /\[/,
    pattern: new RegExp(`^\\[${days} ${months} +\\d{1,2} ${clock} \\d{4}\\] ?`),
    log: true,
  },
  // The caller: [ T123] or [    C0], in some vendors' kernels with the CPU: [ T101@3].
  { first: /\[/, pattern: /^\[\s*(?<writer>[TC]\d+)(?:@C?\d+)?\] ?/, log: true },
  // (3)[101:worker], as others have it.
  { first: /[ (]/, pattern: /^ *\(\d+\)\[(?<pid>\d+):[^\]]{0,20}\]/, log: true },
  { first: /</, pattern: /^<[a-z]?\d{1,3}>/, log: true },
  { first: /k/, pattern: /^kernel(?:\[\d+\])?:(?: |$)/, log: true },
  // dmesg -x
  { first: /[a-z]/, pattern: /^(?:kern|user|daemon|auth|syslog|local\d) *:\w+ *: ?/, log: true },
  {
    first: /[A-Z]/,
    pattern: new RegExp(`^${months} [ \\d]\\d ${clock} ${host}(?:: )?`),
    log: true,
  },
  {
    first: /\d/,
    pattern: new RegExp(`^\\d{4}-\\d\\d-\\d\\d[T ]${clock}(?:Z|[+-]\\d\\d:?\\d\\d)? ${host}`),
    log: true,
  },
  // Jenkins and other builders put a time in brackets.
  {
    first: /\[/,
    pattern: new RegExp(`^\\[\\d{4}-\\d\\d-\\d\\d[T ]${clock}(?:Z|[+-]\\d\\d:?\\d\\d)?\\] ?`),
    log: true,
  },
  // logcat -v threadtime: the kernel is process 0.
  {
    first: /\d/,
    pattern: new RegExp(`^\\d\\d-\\d\\d ${clock} +\\d+ +\\d+ [VDIWEF] [^:]{0,30}: ?`),
    log: true,
  },
  // journalctl -o short-full, and bare clocks before another mark.
  {
    first: /[MTWFS]/,
    pattern: new RegExp(`^${days} \\d{4}-\\d\\d-\\d\\d ${clock} \\w+ ${host}`),
    log: true,
  },
  { first: /\d/, pattern: new RegExp(`^${clock} (?=[[<])`), log: true },
  // journalctl -o short-monotonic: what is left of it after the stamp.
  { first: /\w/, pattern: /^[\w.-]{1,64} kernel(?:\[\d+\])?:(?: |$)/, log: true },
  // [3:  kworker/u16:2:  123], as some vendors' kernels have it.
  { first: /\[/, pattern: /^\[\s*\d+:\s*[\w./:-]{1,20}:\s*(?<pid>\d+)\] ?/, log: true },
  { first: /\d/, pattern: /^\d+,\d+,\d+,[^;]{0,80};/, log: true },
  // cat -n, grep -n: only before another mark.
  {
    first: /[\s\d]/,
    pattern: new RegExp(`^\\s*\\d{1,9}[: ]\\s?(?=${months} [ \\d]\\d |\\[\\s*\\d+\\.\\d+\\])`),
    log: true,
  },
];

/** Removes every known mark; what is left begins with the kernel's own text. */
export function stripPrefixes(raw: string): Stripped {
  let text = raw;
  let writer: string | null = null;
  let tagged = false;
  for (let round = 0; round < 12; round++) {
    const found = firstMark(text);
    if (found === null) break;
    const caller = /caller=([TC]\d+)/.exec(found.text)?.[1] ?? found.writer;
    writer = caller ?? writer;
    tagged ||= found.log;
    text = text.slice(found.text.length);
  }
  return { text, writer, tagged };
}

interface Found {
  readonly text: string;
  readonly writer: string | null;
  readonly log: boolean;
}

function firstMark(text: string): Found | null {
  const head = text.charAt(0);
  for (const mark of marks) {
    if (!mark.first.test(head)) continue;
    const match = mark.pattern.exec(text);
    if (match !== null) {
      const pid = match.groups?.["pid"];
      const writer = match.groups?.["writer"] ?? (pid === undefined ? null : `T${pid}`);
      return { text: match[0], writer, log: mark.log };
    }
  }
  return null;
}
