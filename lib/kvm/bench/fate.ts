/** What becomes of a bug that is added to the fixed code. */
import type { Result } from "../../explore/index.js";
import { KernelCError, type KernelC, PatchError, type SourceFile } from "../../kernel-c/index.js";
import { type KvmTextOptions, formsOf, kvmFiles } from "../c/kvm-files.js";
import { pathsOnceInC } from "../c/paths-once.js";
import { anchored } from "./anchored.js";
import { isAtHome } from "./at-home.js";
import { type BugName, bugNamed } from "./bug.js";
import { bugHeard } from "./bug-heard.js";
import type { Heard } from "./heard.js";
import { type JudgeMemory, keptIn, textKey } from "./memory.js";

/** What becomes of a bug. */
export type Fate =
  /** Lockdep has reported the code without the bug, and with its first report it is switched off. */
  | { readonly kind: "lockdep is off" }
  /** Lockdep says so, whichever path runs first. */
  | { readonly kind: "reported"; readonly report: string; readonly reason: string }
  /** The code fails by it, and lockdep is silent where the paths first run in these orders. */
  | { readonly kind: "hidden"; readonly silentIn: readonly string[]; readonly result: Result }
  /** Lockdep is silent, and nothing can fail by it in these bounds. */
  | { readonly kind: "harmless"; readonly silentIn: readonly string[]; readonly result: Result }
  /** Lockdep is silent, and the code fails with the bug as without it. */
  | { readonly kind: "fails anyway"; readonly silentIn: readonly string[]; readonly result: Result }
  /** Lockdep is silent, and the search was cut short. */
  | { readonly kind: "open"; readonly silentIn: readonly string[]; readonly result: Result }
  /** The bug's patch does not fit the fixed code. */
  | { readonly kind: "cannot be tried"; readonly why: string };

/** A bug with what becomes of it. */
export interface TriedBug {
  readonly bug: BugName;
  /** What it changes, in a sentence. */
  readonly summary: string;
  /** The patch that it is, in the form that fits; empty where none does. */
  readonly patch: string;
  readonly fate: Fate;
}

/** What is known about the code without a bug, and how to look at more. */
export interface Without {
  readonly kernelC: KernelC;
  readonly text: KvmTextOptions;
  readonly heard: Heard;
  readonly result: Result;
  readonly explored: (files: readonly SourceFile[], title: string) => Result;
  readonly memory: JudgeMemory;
}

/** Returns what becomes of a bug. */
export function triedBug(without: Without, bug: BugName): TriedBug {
  const { name, summary } = bugNamed(bug);
  if (without.heard.report !== null) {
    return { bug, summary, patch: "", fate: { kind: "lockdep is off" } };
  }
  const forms = formsOf(name, without.text.fix);
  let why = "";
  // Where the fix has moved the lines, a form of the bug that was made for such a fix may still apply.
  for (const patch of forms.length === 0 ? [""] : [...forms, ...fittedTo(without, forms)]) {
    try {
      return { bug, summary, patch, fate: fateOf(without, bug, patch) };
    } catch (error) {
      if (!(error instanceof PatchError) && !(error instanceof KernelCError)) throw error;
      if (why === "") [why = ""] = error.message.split("\n");
    }
  }
  return { bug, summary, patch: "", fate: { kind: "cannot be tried", why } };
}

/** Whether functions of the case are in the reader's words, so that a patch may find its lines in another one. */
const isInOtherWords = ({ replaced = [] }: KvmTextOptions): boolean => replaced.length > 0;

/** A bug made for code that is in the reader's words. */
function fittedTo({ text }: Without, [form]: readonly string[]): readonly string[] {
  if (form === undefined || !isInOtherWords(text)) return [];
  const own = anchored(kvmFiles(text), form);
  return own === null ? [] : [own];
}

function fateOf(
  { kernelC, text, result: own, explored, memory }: Without,
  bug: BugName,
  patch: string,
): Fate {
  const { patches = [] } = text;
  const files = kvmFiles({ ...text, patches: patch === "" ? patches : [...patches, patch] });
  if (isInOtherWords(text) && !isAtHome(files, patch)) {
    throw new PatchError("its lines would go into another function than in the case");
  }
  const { silentIn, reported } = keptIn(memory.bugs, textKey(files), () =>
    bugHeard(pathsOnceInC(kernelC, files)),
  );
  if (reported !== null) return { kind: "reported", ...reported };
  const result = explored(files, `kvm-pi ${bug}`);
  if (result.verdict === "safe") return { kind: "harmless", silentIn, result };
  if (result.verdict === "inconclusive") return { kind: "open", silentIn, result };
  const isNew = Object.values(result.violations).some(
    ({ property }) => own.violations[property] === undefined,
  );
  return { kind: isNew ? "hidden" : "fails anyway", silentIn, result };
}
