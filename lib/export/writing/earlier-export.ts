/**
 * What an export has written into a folder, for the next one: a teacher's page must not stay beside the
 * students' because nobody remembered it.
 */
import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isRecord } from "../../primitives/record.js";
import { fieldOf, textField } from "../json.js";

/** The file in the output folder that remembers. */
export const recordName = ".lab-export.json";

/** What is being exported. */
export interface ExportKind {
  readonly format: string;
  readonly edition: string;
  /** Whether all notebooks are, so that what is not written now is out of date. */
  readonly isWhole: boolean;
}

/** A file that an export has written. */
interface Remembered {
  readonly path: string;
  readonly format: string;
  readonly edition: string;
  readonly digest: string;
}

/** What is to be done about earlier files. */
export interface Earlier {
  /** Out of date, and as the export wrote them. */
  readonly stale: readonly string[];
  /** In the way: of the other edition, or changed by hand since. */
  readonly inTheWay: readonly string[];
  /** Still good. */
  readonly kept: readonly Remembered[];
}

/** Returns the digest of a file's content. */
export function digestOf(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Returns what an earlier export has left in the folder that this one will not write. */
export async function earlierFiles(
  folder: string,
  kind: ExportKind,
  written: ReadonlySet<string>,
): Promise<Earlier> {
  const stale: string[] = [];
  const inTheWay: string[] = [];
  const kept: Remembered[] = [];
  for (const file of await remembered(folder)) {
    if (written.has(file.path)) continue;
    const data = await readFile(join(folder, file.path)).catch(() => undefined);
    if (data === undefined) continue;
    const isOfThisFormat = file.format === kind.format;
    const isOfThisEdition = file.edition === kind.edition;
    if (isOfThisEdition && !(isOfThisFormat && kind.isWhole)) kept.push(file);
    else if (isOfThisFormat && digestOf(data) === file.digest) stale.push(file.path);
    else inTheWay.push(file.path);
  }
  return { stale, inTheWay, kept };
}

/** Removes out-of-date files. */
export async function removeStale(folder: string, stale: readonly string[]): Promise<void> {
  for (const path of stale) await rm(join(folder, path), { force: true });
}

/** Returns the text of the record: the files of this export, and earlier ones that stay. */
export function recordText(
  kind: ExportKind,
  files: readonly { readonly path: string; readonly digest: string }[],
  kept: readonly Remembered[],
): string {
  const { format, edition } = kind;
  const all = [...kept, ...files.map(({ path, digest }) => ({ path, format, edition, digest }))];
  all.sort((a, b) => (a.path < b.path ? -1 : 1));
  return `${JSON.stringify({ files: all }, null, 1)}\n`;
}

async function remembered(folder: string): Promise<Remembered[]> {
  const text = await readFile(join(folder, recordName), "utf8").catch(() => "{}");
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return [];
  }
  const files = fieldOf(data, "files");
  return (Array.isArray(files) ? files : []).flatMap((file: unknown): Remembered[] => {
    const path = textField(file, "path") ?? "";
    const parts = path.split(/[\\/]/);
    if (!isRecord(file) || path === "" || path.startsWith("/") || parts.includes("..")) return [];
    const [format, edition, digest] = ["format", "edition", "digest"].map(
      (name) => textField(file, name) ?? "",
    );
    return [{ path, format: format ?? "", edition: edition ?? "", digest: digest ?? "" }];
  });
}
