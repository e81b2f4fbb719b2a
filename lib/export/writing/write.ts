/** Puts finished files in place: all of them or none. */
import { lstatSync, mkdirSync, rmSync } from "node:fs";
import { lstat, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { ownFolder, removeAbandoned } from "./abandoned.js";
import {
  digestOf,
  earlierFiles,
  recordName,
  recordText,
  removeStale,
  type ExportKind,
} from "./earlier-export.js";
import type { ExportFile } from "../format.js";

/** A file in its place. */
export interface Written {
  readonly path: string;
  readonly bytes: number;
}

/** The output folder cannot be used: what is wrong and what to do, in its message. */
export class WriteError extends Error {
  override readonly name = "WriteError";
}

/**
 * Writes the files under the folder, which is made where it is missing.
 *
 * They are written into a folder of their own inside it and moved only when the last one is done,
 * so a format that fails half-way changes nothing that a reader can see. A process that exits before
 * leaves nothing either.
 *
 * What an earlier export of this kind has left, and this one does not write, is removed.
 *
 * @throws WriteError when the folder cannot be written, or holds files of the other edition or out-of-date
 *   ones that were changed by hand; whatever `files` throws comes through.
 */
export async function writeFiles(
  folder: string,
  files: AsyncIterable<ExportFile>,
  kind: ExportKind,
): Promise<Written[]> {
  const out = resolve(folder);
  const made = makeFolder(out);
  let staging: string | undefined;
  let done = false;
  const leave = (): void => {
    for (const folder of [staging, done ? undefined : made]) {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    }
  };
  process.once("exit", leave);
  try {
    await removeAbandoned(out, stagingName);
    staging = stagingFolder(out);
    const written: Written[] = [];
    const digests: { readonly path: string; readonly digest: string }[] = [];
    for await (const { path, data } of files) {
      const file = join(staging, path);
      await guarded(out, async () => {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, data);
      });
      written.push({ path, bytes: Buffer.byteLength(data) });
      digests.push({ path, digest: digestOf(data) });
    }
    const from = staging;
    const paths = new Set(written.map(({ path }) => path));
    const { stale, inTheWay, kept } = await earlierFiles(out, kind, paths);
    if (inTheWay.length > 0) {
      throw new WriteError(
        `${out} holds what an earlier export wrote, of another edition or changed since: ` +
          `${inTheWay.join(", ")}. Move that away, or choose another --out.`,
      );
    }
    await writeFile(join(from, recordName), recordText(kind, digests, kept));
    await guarded(out, () => moveAll(from, out, [...paths, recordName]));
    await removeStale(out, stale);
    done = true;
    return written;
  } finally {
    process.off("exit", leave);
    leave();
  }
}

/** How the folders begin in which files are made, with the number of the process behind it. */
const stagingName = ".lab-export-";

function stagingFolder(out: string): string {
  try {
    return ownFolder(out, stagingName);
  } catch (cause) {
    throw problem(out, cause);
  }
}

/**
 * Returns the topmost folder that had to be made, so that a failure can take it away again; in one go, so
 * that no signal comes between making it and knowing that it was made.
 */
function makeFolder(out: string): string | undefined {
  // Not mkdir's own `recursive`: where a file system takes no folders (/proc) it never ends.
  const missing: string[] = [];
  for (let folder = out; !isThere(folder); folder = dirname(folder)) missing.unshift(folder);
  let top: string | undefined;
  try {
    for (const folder of missing) {
      mkdirSync(folder);
      top ??= folder;
    }
  } catch (cause) {
    if (top !== undefined) rmSync(top, { recursive: true, force: true });
    throw problem(out, cause);
  }
  return top;
}

function isThere(folder: string): boolean {
  try {
    return lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Looks for what is in the way first: a move that fails in the middle would leave a mixture. */
async function moveAll(from: string, out: string, written: readonly string[]): Promise<void> {
  for (const path of written) {
    const target = join(out, path);
    const there = await lstat(target).catch(() => undefined);
    if (there?.isDirectory() === true) {
      throw new WriteError(`${target} is a folder: move it away or choose another --out`);
    }
  }
  for (const path of written) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await rename(join(from, path), join(out, path));
  }
}

async function guarded(out: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    throw cause instanceof WriteError ? cause : problem(out, cause);
  }
}

function problem(out: string, cause: unknown): WriteError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const why: Readonly<Record<string, string>> = {
    EACCES: "you may not write there: choose another --out or change its permissions",
    EPERM: "you may not write there: choose another --out or change its permissions",
    EROFS: "the file system is read-only: choose another --out",
    ENOSPC: "the disk is full: make room or choose another --out",
    EEXIST: "a file of that name is in the way: choose another --out",
    ENOENT: "no folder can be made there: choose another --out",
    ENOTDIR: "a part of the path is a file: choose another --out",
  };
  const known = why[code] ?? (cause instanceof Error ? cause.message : String(cause));
  return new WriteError(`cannot write ${out}: ${known}`, { cause });
}
