/** What a code cell has printed, as a notebook keeps it. */

import { linesOf } from "../json.js";

/** MIME type to data, as a kernel sent it. */
export type Bundle = Readonly<Record<string, unknown>>;

/** One stored output of a code cell. */
export type Output =
  | { readonly kind: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "display"; readonly bundle: Bundle }
  | {
      readonly kind: "error";
      readonly name: string;
      readonly value: string;
      readonly traceback: string;
    };

/** Returns an output as nbformat 4.5 stores it. */
export function storedOutput(output: Output): unknown {
  switch (output.kind) {
    case "stream":
      return { name: output.name, output_type: "stream", text: linesOf(output.text) };
    case "display":
      return { data: output.bundle, metadata: {}, output_type: "display_data" };
    case "error":
      return {
        ename: output.name,
        evalue: output.value,
        output_type: "error",
        traceback: output.traceback.split("\n"),
      };
  }
}
