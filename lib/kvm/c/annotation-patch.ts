/** A rule of subclasses as the patch that it stands for. */
import { createTwoFilesPatch } from "diff";
import type { SourceFile } from "../../kernel-c/index.js";
import { shown } from "../../primitives/shown.js";
import { type Annotation, type Subclasses, unannotated } from "../variations/annotation.js";
import { texts } from "./texts.js";

const file = "posted_intr.c";
const path = `arch/x86/kvm/vmx/${file}`;

/** How a path takes the lock in the text: what stands before it there, and how it names the lock. */
interface Taking {
  readonly indent: string;
  readonly lock: string;
  /** What follows the lock and precedes the unlock. */
  readonly inside: string;
}

const remote = "&per_cpu(wakeup_vcpus_on_cpu_lock, vcpu->cpu)";

const taking: Readonly<Record<keyof Annotation, Taking>> = {
  handler: { indent: "\t", lock: "spinlock", inside: "list_for_each_entry(" },
  schedOut: { indent: "\t", lock: remote, inside: "list_add_tail(" },
  schedIn: { indent: "\t\t", lock: remote, inside: "list_del(" },
};

/**
 * Returns the diff against the case that gives the wakeup lock these subclasses; empty for none but 0.
 *
 * @example
 * annotationPatch({ schedOut: [1] }).includes("raw_spin_lock_nested(") // true
 */
export function annotationPatch(annotation: Partial<Annotation>): string {
  const before = texts.files.filter((one) => one.file === file);
  const after = annotated(before, annotation);
  const [from = "", to = ""] = [before, after].map(([one]) => one?.text ?? "");
  if (from === to) return "";
  const diff = createTwoFilesPatch(`a/${path}`, `b/${path}`, from, to, "", "");
  return diff.replace(/^=+\n/, "").replace(/\t$/gm, "");
}

/**
 * Returns files in which the paths take the wakeup lock with these subclasses, as the patch has them do it that
 * stands for the rule; whatever was added to the paths meanwhile.
 *
 * @throws TypeError if a path takes the lock otherwise
 * @throws RangeError where a number is no subclass
 */
export function annotated(
  files: readonly SourceFile[],
  annotation: Partial<Annotation>,
): readonly SourceFile[] {
  const rule = { ...unannotated, ...annotation };
  return files.map((one) =>
    one.file === file
      ? {
          file,
          text: (["handler", "schedOut", "schedIn"] as const).reduce(
            (text, name) => withSubclasses(text, taking[name], rule[name]),
            one.text,
          ),
        }
      : one,
  );
}

function withSubclasses(text: string, of: Taking, subclasses: Subclasses): string {
  const given: unknown = subclasses;
  if (!Array.isArray(given) || given.length === 0) {
    throw new TypeError(
      `a list of subclasses is wanted, such as [0, 1], and not ${Array.isArray(given) ? "an empty one" : shown(given)}`,
    );
  }
  const wrong = subclasses.find((one) => !Number.isInteger(one) || one < 0 || one > 7);
  if (wrong !== undefined) {
    throw new RangeError(
      `${shown(wrong)} is no subclass: 0 to 7 are (MAX_LOCKDEP_SUBCLASSES is 8)`,
    );
  }
  const [first = 0, ...told] = subclasses;
  if (first === 0 && told.length === 0) return text;
  const { indent, lock, inside } = of;
  const locks = `${indent}raw_spin_lock(${lock});\n${indent}${inside}`;
  const unlocks = `${indent}raw_spin_unlock(${lock});\n`;
  const at = text.indexOf(locks);
  if (at < 0) {
    throw new TypeError(
      `${file}: no "${locks.trim()}", to which subclasses could be given: a fix that tells lockdep ` +
        "about this lock itself takes no annotation",
    );
  }
  const [head, tail] = [text.slice(0, at), text.slice(at + locks.length)];
  const end = tail.indexOf(unlocks);
  const map = `${lock.startsWith("&") ? lock : `&${lock}`}${lock.startsWith("&") ? "." : "->"}dep_map`;
  const taken =
    first === 0
      ? `raw_spin_lock(${lock});\n`
      : `raw_spin_lock_nested(${lock}, ${String(first)});\n`;
  const acquired = told.map(
    (one) => `${indent}spin_acquire(${map}, ${String(one)}, 0, _RET_IP_);\n`,
  );
  const released = told.map(() => `${indent}spin_release(${map}, _RET_IP_);\n`);
  return (
    `${head}${indent}${taken}${acquired.join("")}${indent}${inside}` +
    `${tail.slice(0, end)}${released.join("")}${tail.slice(end)}`
  );
}
