/**
 * Patches that are edited by hand: the numbers of lines at the head of a hunk follow its lines, as with
 * `git apply --recount`.
 */

const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/;

/** Returns a patch whose hunks count the lines that stand in them. */
export function recounted(patch: string): string {
  const lines = patch.split("\n");
  return lines.map((line, at) => recountedHead(line, lines.slice(at + 1))).join("\n");
}

function recountedHead(line: string, after: readonly string[]): string {
  const [whole, old = "", now = "", rest = ""] = head.exec(line) ?? [];
  if (whole === undefined) return line;
  const hunk = hunkIn(after);
  const count = (marks: string): number =>
    hunk.filter((one) => marks.includes(one[0] ?? " ")).length;
  return `@@ -${old},${String(count(" -"))} +${now},${String(count(" +"))} @@${rest}`;
}

/** The lines of a hunk; an empty one is of its context, as mail programs strip the blank, but for those at the end. */
function hunkIn(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((one) => !/^(?:[ +\-\\]|$)/.test(one) || /^--(?:- \S| ?$)/.test(one));
  const hunk = end < 0 ? lines : lines.slice(0, end);
  return hunk.slice(0, hunk.findLastIndex((one) => one !== "") + 1);
}
