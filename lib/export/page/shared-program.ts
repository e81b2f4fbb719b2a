/** The programs of workers, from where the page has them. */
import { loadLater, unpack } from "./libraries.js";

/** Returns the program in which cells run: in the page itself, or from the file that the pages of a book share. */
export async function cellsProgram(): Promise<string> {
  return sharedProgram("labWorkerProgram") ?? (await unpack("lab-worker")) ?? "";
}

/** Whether the page is one of a book, which has a program that checks cells. */
export const hasLanguageProgram = (): boolean => document.getElementById("lab-language") !== null;

/** Returns the program that checks cells, loaded now; undefined where it is not there. */
export async function languageProgram(): Promise<string | undefined> {
  await loadLater("lab-language");
  return sharedProgram("labLanguageProgram");
}

function sharedProgram(name: string): string | undefined {
  const shared: unknown = Reflect.get(globalThis, name);
  return typeof shared === "string" ? shared : undefined;
}
