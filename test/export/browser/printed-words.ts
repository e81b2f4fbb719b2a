/** What a PDF says on its pages, and where. */
import { execFileSync } from "node:child_process";

/** The text of each page, or undefined, said loudly, where nothing reads it. */
export function textPages(file: string): string[] | undefined {
  try {
    return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f");
  } catch {
    process.stderr.write("\nNOT RUN, there is no pdftotext: the text of the handout\n");
    return undefined;
  }
}

export interface Word {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly word: string;
}

/** The words of each page and where they are, in points. */
export function wordsOf(file: string): readonly (readonly Word[])[] {
  const text = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" });
  return text.split("<page ").map((page) =>
    [
      ...page.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g),
    ].map(([, left, top, right, bottom, word = ""]) => ({
      ...{ left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) },
      word,
    })),
  );
}

/** The words that lie over other words of their page. */
export function wordsOverOthers(file: string): string[] {
  return wordsOf(file).flatMap((words) => {
    return words.flatMap((one, at) =>
      words.slice(at + 1).flatMap((other) => {
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        return wide > 1 && high > 4 ? [`${one.word} over ${other.word}`] : [];
      }),
    );
  });
}
