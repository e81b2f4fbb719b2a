/** What a reader gives to the bench: C, a patch, or both. */
import { PatchError, type SourceFile, findDiff } from "../../kernel-c/index.js";
import { type KvmTextOptions, kvmFiles } from "../c/kvm-files.js";
import { type Definition, definitionsIn } from "./definitions.js";

/**
 * Texts of C or diffs against the case, or names of fixes and patches. A text of C is one of the case's files in other
 * words, or some of its functions with what they need; it comes before the diffs.
 */
export type Given = string | readonly string[] | KvmTextOptions;

/**
 * Returns what is given as a choice of text.
 *
 * @throws PatchError if a text is no diff and has none of the case's functions
 */
export function textOf(given: Given): KvmTextOptions {
  if (typeof given !== "string" && !isTexts(given)) return given;
  const texts = typeof given === "string" ? [given] : given;
  const isPatch = (text: string): boolean => findDiff(text) !== null;
  const files = texts.filter((text) => !isPatch(text)).reduce(withText, kvmFiles());
  return { replaced: files, patches: texts.filter(isPatch) };
}

const isTexts = (given: Given): given is readonly string[] => Array.isArray(given);

/** The files with a text in the place of one of them, or of some functions of theirs. */
function withText(files: readonly SourceFile[], text: string): readonly SourceFile[] {
  const given = definitionsIn(text);
  const whole = files.find((one) => declaresTheSame(definitionsIn(one.text), given));
  if (whole !== undefined) {
    return files.map((one) => (one === whole ? { file: one.file, text } : one));
  }
  const names = new Set(given.flatMap((one) => one.function ?? []));
  const known = files.flatMap((one) => definitionsIn(one.text)).map((one) => one.function);
  if (![...names].some((name) => known.includes(name))) {
    throw new PatchError(
      "the text is no diff (lines with ---, +++ and @@ are missing) and has none of the case's functions, " +
        "such as pi_wakeup_handler()",
    );
  }
  return files.map(({ file, text: before }) => ({ file, text: exchanged(before, given) }));
}

/** Whether a text has a structure of the file: it stands for all of it. */
const declaresTheSame = (file: readonly Definition[], text: readonly Definition[]): boolean =>
  text.some(({ struct }) => struct !== null && file.some((one) => one.struct === struct));

/** Returns a file with functions in other words; what stands before each of them in the text comes with it. */
function exchanged(file: string, given: readonly Definition[]): string {
  const all = definitionsIn(file);
  const known = new Set(all.flatMap((one) => one.function ?? []));
  const news = new Map<string, string>();
  let before = "";
  let last = "";
  for (const one of given) {
    if (one.function !== null && known.has(one.function)) {
      news.set(one.function, before + one.text);
      last = one.function;
      before = "";
    } else before += one.text;
  }
  // What the text says at its end belongs to what it said last.
  if (last !== "") news.set(last, `${news.get(last) ?? ""}${before}`);
  return all
    .map((one) => (one.function === null ? one.text : (news.get(one.function) ?? one.text)))
    .join("");
}
