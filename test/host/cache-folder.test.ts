import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { cacheFolder } from "../../lib/host/cache-folder.js";

const root = mkdtempSync(join(tmpdir(), "lab-cache-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const pathIn = (environment: NodeJS.ProcessEnv): string | undefined =>
  cacheFolder("code", environment)?.path;

it("is where the XDG Base Directory Specification says, or where its variable does", () => {
  expect(pathIn({ XDG_CACHE_HOME: "/x" })).toBe(join("/x", "lockdep-lab", "code"));
  expect(pathIn({ XDG_CACHE_HOME: "/x", LOCKDEP_LAB_CACHE: "/y" })).toBe(join("/y", "code"));
  expect(pathIn({ LOCKDEP_LAB_CACHE: "off" })).toBeUndefined();
});

it("keeps the newest files up to its bound, and no draft", () => {
  const folder = cacheFolder("code", { LOCKDEP_LAB_CACHE: root });
  if (folder === null) throw new Error("the cache is off");
  const large = new Uint8Array(24 * 2 ** 20);
  for (const [at, key] of ["a", "b", "c"].entries()) {
    folder.write(key, large);
    const time = new Date(2020, 0, at + 1);
    if (key !== "c") utimesSync(join(folder.path, key), time, time);
  }
  expect(readdirSync(folder.path).sort()).toEqual(["b", "c"]);
  expect(folder.read("a")).toBeNull();
  expect(folder.read("c")?.length).toBe(large.length);
});

it("goes beyond its bound by no more than is written between two looks, with small files too", () => {
  const folder = cacheFolder("small", { LOCKDEP_LAB_CACHE: root });
  if (folder === null) throw new Error("the cache is off");
  const small = new Uint8Array(2 ** 18);
  for (let at = 0; at < 64 * 4 + 800; at++) folder.write(String(at), small);
  // The chance that none of 400 writes looks is one in 10^11.
  expect(readdirSync(folder.path).length).toBeLessThan(64 * 4 + 400);
});

it("is the user's alone", () => {
  const folder = cacheFolder("own", { LOCKDEP_LAB_CACHE: root });
  folder?.write("key", new Uint8Array(1));
  expect(statSync(join(root, "own")).mode & 0o077).toBe(0);
  expect(statSync(join(root, "own", "key")).mode & 0o077).toBe(0);
});
