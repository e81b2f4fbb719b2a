/** A folder of the user's for what can be made anew at any time. */
import { createHash } from "node:crypto";
import {
  fstatSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir, platform } from "node:os";
import { join } from "node:path";

/** Files beyond this many bytes together are removed, the oldest first. */
const mostBytes = 64 * 2 ** 20;

/**
 * So many bytes are written, by whichever processes, between two looks at all files; to look after each of a thousand
 * small ones took a tenth of a notebook's time.
 */
const bytesBetweenLooks = 4 * 2 ** 20;

/** Bytes of the digest at the beginning of a file. */
const digestBytes = 32;

/** Returns a digest of a text or of bytes, in hexadecimal digits. */
export const digestOf = (of: string | Uint8Array): string =>
  createHash("sha256").update(of).digest("hex");

/** Where files are kept; whatever goes wrong, there is none. */
export interface CacheFolder {
  readonly path: string;
  /** Returns the contents of the file of a key; null where there is none that is whole and the user's own. */
  readonly read: (key: string) => Buffer | null;
  /** Writes a file at once or not at all; every few megabytes old ones beyond the bound are removed. */
  readonly write: (key: string, contents: Uint8Array) => void;
}

/**
 * Returns a folder of the lab's in the user's cache folder: `LOCKDEP_LAB_CACHE`, if that is set, or what the
 * XDG Base Directory Specification and the systems without it say. Null where it is switched off.
 */
export function cacheFolder(room: string, environment: NodeJS.ProcessEnv): CacheFolder | null {
  const { LOCKDEP_LAB_CACHE: own = "" } = environment;
  if (own === "off") return null;
  const path = join(own === "" ? userFolder(environment) : own, room);
  const fileOf = (key: string): string => join(path, key);
  return {
    path,
    read: (key) => unlessItFails(() => wholeFile(fileOf(key), key)),
    write: (key, contents) => {
      unlessItFails(() => {
        mkdirSync(path, { recursive: true, mode: 0o700 });
        const draft = fileOf(`${key}.${String(process.pid)}.draft`);
        try {
          const signed = Buffer.concat([signature(key, contents), contents]);
          writeFileSync(draft, signed, { mode: 0o600 });
          renameSync(draft, fileOf(key));
        } finally {
          rmSync(draft, { force: true });
        }
        // By chance, since no process knows what others have written.
        if (Math.random() * bytesBetweenLooks < contents.length) prune(path);
      });
    },
  };
}

function userFolder({ XDG_CACHE_HOME: xdg = "", LOCALAPPDATA: local = "" }: NodeJS.ProcessEnv) {
  const name = "lockdep-lab";
  if (xdg !== "") return join(xdg, name);
  if (platform() === "win32" && local !== "") return join(local, name);
  return join(homedir(), platform() === "darwin" ? "Library/Caches" : ".cache", name);
}

/** Of the key, too: a file under another's name is not that one's. */
const signature = (key: string, contents: Uint8Array): Buffer =>
  createHash("sha256").update(key).update(contents).digest();

function wholeFile(path: string, key: string): Buffer | null {
  const file = openSync(path, "r");
  try {
    const { uid } = fstatSync(file);
    if (process.getuid !== undefined && uid !== process.getuid()) return null;
    const bytes = readFileSync(file);
    const contents = bytes.subarray(digestBytes);
    return bytes.subarray(0, digestBytes).equals(signature(key, contents)) ? contents : null;
  } finally {
    closeSync(file);
  }
}

function prune(path: string): void {
  const files = readdirSync(path).flatMap((name) => {
    const file = join(path, name);
    const of = unlessItFails(() => statSync(file));
    return of === null ? [] : [{ file, size: of.size, time: of.mtimeMs }];
  });
  let left = files.reduce((sum, { size }) => sum + size, 0);
  for (const { file, size } of files.sort((a, b) => a.time - b.time)) {
    if (left <= mostBytes) return;
    rmSync(file, { force: true });
    left -= size;
  }
}

/** A cache that fails is none: a full disk, a folder that is not the user's. */
function unlessItFails<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
