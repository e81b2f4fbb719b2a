/** Patches that are edited by hand: the numbers of lines at the head of a hunk follow the lines, as with `git apply --recount`. */

const head = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/;

/** Returns a patch whose hunks count the lines that stand in them. */
export function recounted(patch: string): string {
  const lines = patch.split("\n");
  return lines.map((line, at) => recountedHead(line, lines.slice(at + 1))).join("\n");
}

function recountedHead(line: string, after: readonly string[]): string {
  const [whole, old = "", now = "", rest = ""] = head.exec(line) ?? [];
  if (whole === undefined) return line;
  const end = after.findIndex((one) => !/^[ +\-\\]/.test(one) || /^--- \S/.test(one));
  const hunk = end < 0 ? after : after.slice(0, end);
  const count = (marks: string): number =>
    hunk.filter((one) => marks.includes(one[0] ?? "")).length;
  return `@@ -${old},${String(count(" -"))} +${now},${String(count(" +"))} @@${rest}`;
}
