/** What a tool answers: text to read, and the same as data. */
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { KernelCError, PatchError } from "../../kernel-c/index.js";
import { UnknownNameError } from "../../primitives/named.js";
import { FileError } from "../frame/file-error.js";
import { UsageError } from "../frame/program.js";

/** Text and data of an answer. */
export interface Answer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A request that cannot be answered, with what to do instead. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}

/** Whether an error is about what was asked, so that its message is the answer. */
const isOfRequest = (error: unknown): error is Error =>
  error instanceof RequestError ||
  error instanceof KernelCError ||
  error instanceof PatchError ||
  error instanceof FileError ||
  error instanceof UsageError ||
  error instanceof UnknownNameError ||
  error instanceof RangeError;

/** Returns the answer in the protocol's form; what is wrong with the request is an error result. */
export async function answered(make: () => Answer | Promise<Answer>): Promise<CallToolResult> {
  try {
    const { text, data } = await make();
    return { content: [{ type: "text", text }], structuredContent: { ...data } };
  } catch (error) {
    if (!isOfRequest(error)) throw error;
    return { content: [{ type: "text", text: error.message }], isError: true };
  }
}
