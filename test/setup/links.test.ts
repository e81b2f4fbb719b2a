import { chmodSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smallProject } from "./project.js";

describe.skipIf(process.platform === "win32")("the lab's own command", () => {
  it("is where npx looks first, as soon as it is built", async () => {
    const project = smallProject();
    project.write("dist/cli/main.js", "#!/usr/bin/env node\nconsole.log('lab');\n");
    chmodSync(join(project.folder, "dist", "cli", "main.js"), 0o755);
    const command = join(project.folder, "node_modules", ".bin", "lab");
    for (let again = 0; again < 2; again++) {
      expect((await project.run(["build"])).status).toBe(0);
      expect(execFileSync(command, { encoding: "utf8" })).toBe("lab\n");
    }
  });
});
