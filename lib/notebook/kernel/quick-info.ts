/** What Shift-Tab shows of a name: tslab prints the texts of its tags, and of parameters alone what they are. */
import type { Converter } from "tslab/dist/converter.js";

type QuickInfo = ReturnType<Converter["inspect"]>;

/** What stands before a tag's text: an error and an example are not told apart from what stands above them without. */
const heads: ReadonlyMap<string, string> = new Map([
  ["throws", "@throws "],
  ["returns", "@returns "],
  ["example", "@example\n"],
]);

/** Returns the same with the names of its tags. */
export function withTagNames(info: QuickInfo): QuickInfo {
  // Of what has no name tslab returns nothing, which its types do not say.
  const { tags: plain } = { ...info };
  if (plain === undefined) return info;
  const tags = plain.map((tag) => {
    const head = heads.get(tag.name);
    if (head === undefined || tag.text === undefined || tag.text.length === 0) return tag;
    return { ...tag, text: [{ kind: "text", text: head }, ...tag.text] };
  });
  return { ...info, tags };
}
