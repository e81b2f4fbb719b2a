/** The worker's program, from where the page has it. */
import { unpack } from "./libraries.js";

/** Returns the worker's program: in the page itself, or from the file that the pages of a book share. */
export async function programText(): Promise<string> {
  const shared: unknown = Reflect.get(globalThis, "labWorkerProgram");
  return typeof shared === "string" ? shared : ((await unpack("lab-worker")) ?? "");
}
