/** The shape of the case's files and patches, as they are read at build time. */
import type { SourceFile } from "../../kernel-c/index.js";

/** The files of the case and the patches to them, by the names that they have everywhere. */
export interface KvmTexts {
  readonly files: readonly SourceFile[];
  readonly fixes: Readonly<Record<string, string>>;
  readonly mutants: Readonly<Record<string, string>>;
  readonly changes: Readonly<Record<string, string>>;
}
