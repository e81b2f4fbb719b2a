/** What a code cell has printed, as a notebook keeps it. */

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
