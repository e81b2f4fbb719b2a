/** Text in and out of HTML. */

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const characters = new Map(Object.entries(entities).map(([c, entity]) => [entity, c]));

/**
 * Returns text made safe for element content and quoted attributes of both XML and HTML; what neither
 * may hold comes as U+FFFD.
 */
export function escapeMarkup(text: string): string {
  return printable(text).replace(/[&<>"']/g, (c) => entities[c] ?? c);
}

/** True of what XML 1.0 forbids, lone surrogates included: one such character voids the image. */
function forbidden(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x20) return code !== 0x9 && code !== 0xa && code !== 0xd;
  return (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
}

function printable(text: string): string {
  return Array.from(text)
    .map((letter) => (forbidden(letter) ? "\ufffd" : letter))
    .join("");
}

/** Returns the text that `escapeMarkup` made safe. */
export function unescapeMarkup(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => characters.get(entity) ?? entity);
}

/** Returns the value as JSON that no HTML parser takes for a closing tag or a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

/** Returns the UTF-8 bytes of the text in base64. */
export function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 0x1000) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 0x1000)));
  }
  return btoa(parts.join(""));
}

/** Returns the text whose UTF-8 bytes are these in base64; "" where they are none. */
export function fromBase64(coded: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(coded), (c) => c.charCodeAt(0)));
  } catch {
    return "";
  }
}
