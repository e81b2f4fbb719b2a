/** A rule of subclasses as the patch that it stands for. */
import { createTwoFilesPatch } from "diff";
import { type Annotation, type Subclasses, unannotated } from "../code/annotation.js";
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
  const rule = { ...unannotated, ...annotation };
  const before = texts.files.find((one) => one.file === file)?.text ?? "";
  const after = (["handler", "schedOut", "schedIn"] as const).reduce(
    (text, name) => withSubclasses(text, taking[name], rule[name]),
    before,
  );
  if (after === before) return "";
  const diff = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, "", "");
  return diff.replace(/^=+\n/, "").replace(/\t$/gm, "");
}

function withSubclasses(text: string, of: Taking, [first = 0, ...told]: Subclasses): string {
  const { indent, lock, inside } = of;
  const locks = `${indent}raw_spin_lock(${lock});\n${indent}${inside}`;
  const unlocks = `${indent}raw_spin_unlock(${lock});\n`;
  const [head = "", tail] = text.split(locks);
  if (tail === undefined) throw new TypeError(`${file}: no "${locks}"`);
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
