/** A source text whose offsets are lines and columns. */
import type { Span } from "../errors/index.js";
import type { Comment } from "./ast.js";

/** A file among others that are read as one. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** A text with its name, or several files one after another. */
export class Source {
  /** Where each file begins: the line, from 0, of the whole text. */
  readonly files: readonly { readonly file: string; readonly line: number }[];
  private readonly lineStarts: readonly number[];
  readonly comments: readonly Comment[];

  constructor(
    readonly file: string,
    readonly text: string,
    files: readonly SourceFile[] = [],
  ) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.lineStarts = starts;
    let line = 0;
    const all = files.length === 0 ? [{ file, text }] : files;
    this.files = all.map((one) => {
      const from = line;
      line += linesOf(one.text);
      return { file: one.file, line: from };
    });
    this.comments = this.findComments();
  }

  /** Returns the span of two offsets. */
  span(start: number, end: number): Span {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    const column = start - (this.lineStarts[low] ?? 0) + 1;
    let { file } = this;
    let first = 0;
    for (const one of this.files) {
      if (one.line > low) break;
      file = one.file;
      first = one.line;
    }
    return { file, line: low - first + 1, column, start, end };
  }

  /** Returns the text of a stretch, in one line. */
  excerpt(start: number, end: number): string {
    const text = this.text.slice(start, end);
    // Most have nothing of this.
    if (!/[\\/]|[^\S ]| {2}/.test(text)) return text.trim();
    return text
      .replace(/\/\*[^]*?\*\//g, " ")
      .replace(/\/\/[^\n]*/g, " ")
      .replace(/\\\r?\n/g, " ")
      .replace(/\s+/g, " ")
      .trim();
  }

  /** Returns the comment that begins behind an offset on the same line, if any. */
  remarkBehind(offset: number): string | null {
    const end = this.text.indexOf("\n", offset);
    const lineEnd = end < 0 ? this.text.length : end;
    const found = this.comments.find(({ at }) => at.start >= offset && at.start < lineEnd);
    if (found === undefined) return null;
    // Only what belongs to the declaration: nothing but separators may stand between.
    const between = this.text.slice(offset, found.at.start);
    return /^[\s;,)]*$/.test(between) ? found.text : null;
  }

  private findComments(): readonly Comment[] {
    const found: Comment[] = [];
    const token = /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'/g;
    for (const match of this.text.matchAll(token)) {
      if (!match[0].startsWith("/")) continue;
      found.push({ at: this.span(match.index, match.index + match[0].length), text: match[0] });
    }
    return found;
  }
}

/** How many lines a file has where others follow it. */
const linesOf = (text: string): number => withEnd(text).split("\n").length - 1;

const withEnd = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);

/** Returns the text of several files, one after another. */
export const joinFiles = (files: readonly SourceFile[]): string =>
  files.map(({ text }) => withEnd(text)).join("");
