/** The `lab` command as a process of its own, from the sources as they are. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What a command said, and how it ended. */
export interface Answer {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Some of the subcommands, ready to be run. */
export interface CommandLine {
  /** A folder of its own, for the files that a test hands to a command. */
  readonly folder: string;
  run(...args: readonly string[]): Answer;
  remove(): void;
}

/**
 * Bundles the named files of `lib/cli`.
 *
 * @param registers the function that each file exports, by the file's name
 */
export async function commandLine(
  registers: Readonly<Record<string, string>>,
): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), "lab-command-"));
  const root = fileURLToPath(new URL("..", import.meta.url));
  // The parser of C has its WebAssembly in packages, which the bundle would look for beside itself.
  const env = { ...process.env, NODE_PATH: join(root, "node_modules") };
  const bundle = join(folder, "lab.mjs");
  const commands = Object.entries(registers).map(([file, register]) => {
    const name = file.replace(/^.*\//, "");
    return `"${name}": async () => (await import("./lib/cli/${file}.ts")).${register},`;
  });
  await build({
    stdin: {
      contents: `import { runLab } from "./lib/cli/frame/program.ts";
        await runLab({ ${commands.join("\n")} });`,
      resolveDir: root,
    },
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    outfile: bundle,
  });
  return {
    folder,
    run(...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], {
        encoding: "utf8",
        env,
      });
      return { status, out: stdout, err: stderr };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
