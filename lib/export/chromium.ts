/** Finds a Chromium and opens pages in it: PDF needs one, and only PDF does. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

/** There is no Chromium, or it does not start: what to do, in its message. */
export class ChromiumError extends Error {
  override readonly name = "ChromiumError";
}

const commands = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "microsoft-edge",
];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Returns the path of the system's Chromium, or of the one that `CHROMIUM` names. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment["CHROMIUM"];
  if (named !== undefined && named !== "") return existsSync(named) ? named : undefined;
  const folders = (environment["PATH"] ?? "").split(delimiter);
  const candidates = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...candidates, ...places].find((file) => existsSync(file));
}

/**
 * What a page from the disk has no use for. The popups of the address bar are pages too, made for every window: they
 * would cost more than most pages. The others are what Playwright switches off, said again since the last list counts.
 */
const withoutFeatures = [
  ...["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled", "LensOverlay", "MediaRouter"],
  ...["OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"],
  ...["HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "ThirdPartyStoragePartitioning"],
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding"],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin"],
];

/**
 * Starts Chromium without a window and without a network.
 *
 * @throws ChromiumError when there is none, or it does not start.
 */
export async function startChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new ChromiumError(
      "PDF needs Chromium or Chrome, and none was found: install one (Debian: apt install chromium), " +
        "or name it in the variable CHROMIUM; a browser can also print the html format",
    );
  }
  const flags = [
    ...["--disable-gpu", "--disable-quic", "--disable-background-networking"],
    `--disable-features=${withoutFeatures.join(",")}`,
  ];
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  try {
    return await chromium.launch({ executablePath, args: [...flags, ...root] });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new ChromiumError(`${executablePath} does not start: ${why ?? ""}`, { cause });
  }
}
