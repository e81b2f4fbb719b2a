/** The definitions of a C text, one after another, as they stand: functions can be exchanged by name. */

/** A stretch of a text at file scope; all of them together are the text. */
export interface Definition {
  readonly text: string;
  /** What it defines, with parameters and a body; null for all else. */
  readonly function: string | null;
  /** The tag of a structure that it declares. */
  readonly struct: string | null;
}

const token =
  /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|^[ \t]*#(?:[^\n\\]|\\[^])*|[{};]/gm;

/** Returns the definitions of a text. */
export function definitionsIn(text: string): readonly Definition[] {
  const found: Definition[] = [];
  let from = 0;
  let depth = 0;
  let isFunction = false;
  let opened = "";
  // What stands outside of braces, without comments: a declarator before a body ends with its parameters.
  let head = "";
  let seen = 0;
  const end = (at: number): void => {
    const to = text[at] === "\n" ? at + 1 : at;
    found.push(definition(text.slice(from, to), opened, isFunction));
    from = to;
    head = "";
    opened = "";
    isFunction = false;
  };
  for (const match of text.matchAll(token)) {
    const [what] = match;
    const after = match.index + what.length;
    if (depth === 0) head += text.slice(seen, match.index);
    seen = after;
    if (what === "{") {
      if (depth === 0) {
        opened = head.trim();
        isFunction = opened.endsWith(")");
      }
      depth++;
    } else if (what === "}") {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && isFunction) end(after);
    } else if (depth === 0 && (what === ";" || what.trimStart().startsWith("#"))) end(after);
  }
  if (from < text.length) found.push(definition(text.slice(from), "", false));
  return found;
}

/** @param opened what stands before its first brace */
function definition(text: string, opened: string, isFunction: boolean): Definition {
  const name = /(\w+)\s*\([^()]*(?:\([^()]*\)[^()]*)*\)$/.exec(opened)?.[1] ?? null;
  const tag = /\bstruct\s+(\w+)$/.exec(opened)?.[1] ?? null;
  return { text, function: isFunction ? name : null, struct: isFunction ? null : tag };
}
