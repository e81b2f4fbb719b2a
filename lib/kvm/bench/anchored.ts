/** A bug for code in other words: lines that it adds behind a call go behind that call, wherever it stands now. */
import type { SourceFile } from "../../kernel-c/index.js";
import { definitionsIn } from "./definitions.js";

/**
 * Returns the patch for these files that adds the lines of another one: behind the first statement in the same function
 * that makes the same call. Null of a patch that is more than added lines behind one call, or where nothing makes it.
 */
export function anchored(files: readonly SourceFile[], patch: string): string | null {
  const addition = additionOf(patch);
  if (addition === null) return null;
  const { path, inFunction, call, added } = addition;
  const file = files.find((one) => path.endsWith(`/${one.file}`));
  const definitions = definitionsIn(file?.text ?? "");
  const at = definitions.findIndex((one) => one.function === inFunction);
  const text = definitions[at]?.text;
  if (text === undefined) return null;
  const makes = new RegExp(`\\b${call}\\w*\\(.*;\\s*$`);
  const lines = text.split("\n");
  const line = lines.findIndex((one) => makes.test(one));
  if (line < 0) return null;
  const before = definitions.slice(0, at).map((one) => one.text);
  const number = before.join("").split("\n").length + line;
  const hunk = `@@ -${String(number)},1 +${String(number)},${String(1 + added.length)} @@`;
  const body = [` ${lines[line] ?? ""}`, ...added];
  return [`--- a/${path}`, `+++ b/${path}`, hunk, ...body, ""].join("\n");
}

/** What a patch adds behind which call, if that is all it does. */
function additionOf(patch: string): {
  readonly path: string;
  readonly inFunction: string;
  readonly call: string;
  readonly added: readonly string[];
} | null {
  const [, path] = /^\+\+\+ b\/(\S+)$/m.exec(patch) ?? [];
  const hunks = [...patch.matchAll(/^@@[^@]*@@(.*)$/gm)];
  const [, inFunction] = /(\w+)\(/.exec(hunks[0]?.[1] ?? "") ?? [];
  const body = patch.slice((hunks[0]?.index ?? 0) + (hunks[0]?.[0].length ?? 0) + 1).split("\n");
  const [anchor = "", ...rest] = body;
  const [, call] = /^ \s*(\w+)\(/.exec(anchor) ?? [];
  const added = rest.filter((one) => one.startsWith("+"));
  const isAddition = rest.every((one) => !one.startsWith("-")) && rest[0]?.startsWith("+") === true;
  if (hunks.length !== 1 || !isAddition || added.length === 0) return null;
  if (path === undefined || inFunction === undefined || call === undefined) return null;
  return { path, inFunction, call, added };
}
