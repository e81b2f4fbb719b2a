/** The corpus of real reports, read where it lies; it is no part of this repository. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../shared/splats/", import.meta.url));

/** True where the corpus is there; says loudly if not. */
export const hasCorpus = existsSync(root);
if (!hasCorpus) {
  console.warn(`NOT RUN: the corpus of real reports is not at ${root}; its tests are skipped.`);
}

/** A fact of the index. */
export type Fact =
  string | number | boolean | null | readonly Fact[] | { readonly [name: string]: Fact };

/** A file of the corpus with what its index says of its first report. */
export interface CorpusFile {
  readonly name: string;
  readonly kind: string;
  readonly facts: Readonly<Record<string, Fact>>;
  readonly text: string;
}

interface IndexEntry {
  readonly file: string;
  readonly kind: string;
  readonly facts?: Readonly<Record<string, Fact>>;
}

function isIndex(value: unknown): value is readonly IndexEntry[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "object");
}

function readFolder(folder: string): CorpusFile[] {
  const index: unknown = JSON.parse(readFileSync(`${root}${folder}/index.json`, "utf8"));
  if (!isIndex(index)) throw new Error(`${folder}/index.json is not a list`);
  return index.map(({ file, kind, facts }) => ({
    name: `${folder}/${file}`,
    kind,
    facts: facts ?? {},
    text: readFileSync(`${root}${folder}/${file}`, "utf8"),
  }));
}

/** Every file that holds a report. */
export const corpus: readonly CorpusFile[] = hasCorpus
  ? [...readFolder("syzkaller"), ...readFolder("web")]
  : [];

/** Files that look like reports and are none. */
export const negatives: readonly CorpusFile[] = hasCorpus ? readFolder("negative") : [];

/** The report that led to the fix, once with escaped braces. */
export const famous: readonly CorpusFile[] = hasCorpus
  ? readdirSync(root)
      .filter((name) => name.endsWith(".txt"))
      .map((name) => ({
        name,
        kind: "circular",
        facts: {},
        text: readFileSync(root + name, "utf8"),
      }))
  : [];
