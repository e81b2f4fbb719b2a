import type { SourceFile } from "../parse/source.js";

export const kernel: SourceFile = {
  file: "include/linux/kernel.h",
  text: String.raw`#define might_sleep_if(condition) do { if (condition) might_sleep(); } while (0)
`,
};
