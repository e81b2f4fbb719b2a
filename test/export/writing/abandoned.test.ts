import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { ownFolder, removeAbandoned } from "../../../lib/export/writing/abandoned.js";

it("takes away what killed processes have left, and nothing of those that run or of others", async () => {
  const within = mkdtempSync(join(tmpdir(), "lab-left-"));
  const gone = spawnSync(process.execPath, ["--version"]).pid;
  const own = basename(ownFolder(within, "lab-pdf-"));
  for (const name of [`lab-pdf-${gone}-abc`, "lab-pdf-abc", `other-${gone}-abc`]) {
    mkdirSync(join(within, name, "inside"), { recursive: true });
  }
  await removeAbandoned(within, "lab-pdf-");
  expect(readdirSync(within).sort()).toEqual([own, "lab-pdf-abc", `other-${gone}-abc`].sort());
});
