import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { smallProject } from "./project.js";

describe.skipIf(process.platform !== "linux")("the reader's browser", () => {
  it("is told of a file for this user alone, so that the token is on no command line", async () => {
    const project = smallProject();
    const told = join(project.folder, "told");
    project.write(
      "bin/xdg-open",
      `#!/bin/sh\nprintf %s "$*" >'${told}.part'\n/bin/mv '${told}.part' '${told}'\n`,
    );
    chmodSync(join(project.bareBin, "xdg-open"), 0o755);
    // What an earlier run left may be readable by others.
    project.write("open.html", "old");
    const module = JSON.stringify(join(project.folder, "lib", "setup", "browser.mjs"));
    const url = "http://localhost:8888/lab?a=1&token=secret";
    const call = `openPrivately(${JSON.stringify(url)}, ${JSON.stringify(project.folder)})`;
    const script = `import { openPrivately } from ${module}; ${call};`;
    execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      env: { PATH: project.bareBin },
    });
    await vi.waitFor(() => {
      expect(existsSync(told)).toBe(true);
    }, 5000);
    const file = join(project.folder, "open.html");
    expect(readFileSync(told, "utf8")).toBe(pathToFileURL(file).href);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toContain(`url=${url.replace("&", "&amp;")}`);
  });
});
