/** Takes web pages apart: tags go, and what breaks a line in a browser breaks it here. */
import type { Rewrite } from "./raw.js";

/** Tags of pages; `<TASK>`, `<IRQ>`, `<Interrupt>` and addresses are the kernel's. */
const tag =
  /<\/?(?:a|b|i|u|em|tt|br|hr|p|div|span|pre|code|samp|kbd|font|small|strong|mark|table|tbody|thead|tr|td|th|ol|ul|li|dl|dd|dt|blockquote|section|article|main|header|footer|html|head|body|title|meta|link|img|h[1-6])(?:\s[^<>]*)?\/?>/gi;
const breaks = /^<(?:br|hr|\/?p|\/?div|\/tr|\/li|\/?pre|\/?blockquote|\/h[1-6]|\/title)\b/i;

/** Returns the lines without the tags of a web page. */
export const withoutMarkup: Rewrite = function* (lines) {
  for (const line of lines) {
    const { text } = line;
    if (!text.includes("<") || text.search(tag) < 0) {
      yield text.includes("&nbsp;") ? { ...line, text: text.replace(/&nbsp;/g, " ") } : line;
      continue;
    }
    const plain = text
      .replace(tag, (one) => (breaks.test(one) ? "\n" : ""))
      .replace(/&nbsp;/g, " ")
      // A page breaks the line in its source too.
      .replace(/\n$/, "")
      .replace(/^\n(?=\S)/, "");
    for (const part of plain.split("\n")) yield { ...line, text: part };
  }
};
