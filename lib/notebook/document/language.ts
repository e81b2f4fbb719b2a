/**
 * The language of every notebook, as the kernel tells it and as files store it: where the two are
 * the same, a front end that opens a notebook has nothing to change in it.
 */
export const languageInfo = {
  codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
  file_extension: ".ts",
  mimetype: "text/typescript",
  name: "typescript",
  version: "5.0",
} as const;
