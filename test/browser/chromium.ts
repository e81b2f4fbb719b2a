import { accessSync, constants, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { chromium, type BrowserContext } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const elsewhere = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
];

/** Why a browser test did not run where there is no browser. */
export const noChromium =
  "no Chromium on this machine: install one (apt install chromium) or name it (CHROMIUM=/path)";

/** The browser that the tests drive: CHROMIUM, or one on the path or in a usual place. */
export function findChromium(): string | null {
  const named = process.env["CHROMIUM"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const places = named === undefined ? [...onPath, ...elsewhere] : [named];
  const found = places.find(isProgram) ?? null;
  // A run that promises a browser must not pass without one.
  if (found === null && process.env["CI"] !== undefined) throw new Error(noChromium);
  return found;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Opens a browser with a fresh profile that talks to nobody on its own. */
export async function openChromium(executablePath: string): Promise<BrowserContext> {
  const profile = mkdtempSync(join(tmpdir(), "lockdep-lab-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: 1280, height: 900 },
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
  context.on("close", () => void removed(profile));
  return context;
}

/** The last of the browser's processes may still be writing when the browser says it is closed. */
async function removed(profile: string): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    try {
      await rm(profile, { recursive: true, force: true });
      return;
    } catch {
      await setTimeout(200);
    }
  }
}
