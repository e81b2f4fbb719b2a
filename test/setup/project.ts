import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a command said, on both streams, and how it ended. */
export interface Said {
  readonly status: number | null;
  readonly text: string;
}

/** A small project around a copy of the set-up, so that a test can break it. */
export interface SmallProject {
  readonly folder: string;
  /** A folder for PATH with nothing but Node in it. */
  readonly bareBin: string;
  write(file: string, content: string): void;
  /** Runs `npm start` or another command of the set-up. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Said>;
}

/** Makes a project whose packages are installed and whose compiler is a stub that builds nothing. */
export function smallProject(): SmallProject {
  const folder = mkdtempSync(join(tmpdir(), "lockdep-lab-setup-"));
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  cpSync(join(root, "lib", "setup"), join(folder, "lib", "setup"), { recursive: true });
  const lock = JSON.stringify({ lockfileVersion: 3, packages: {} });
  write("package.json", JSON.stringify({ name: "small", private: true }));
  write("package-lock.json", lock);
  write("node_modules/.package-lock.json", lock);
  write("node_modules/typescript/bin/tsc", "");
  for (const part of ["lib", "package.json"]) {
    const real = join(root, "node_modules", "typescript", part);
    symlinkSync(real, join(folder, "node_modules", "typescript", part));
  }
  // The compiler is the project's own stub; esbuild is the real one.
  for (const name of ["esbuild", "@esbuild"]) {
    symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name));
  }
  write("tsconfig.json", "{}");
  write("lib/index.ts", "export {};\n");
  write("dist/index.js", "");
  write("dist/index.d.ts", "");
  write("dist/cli/quick.js", "");
  write("dist/.tsbuildinfo", "{}");
  const bareBin = join(folder, "bin");
  mkdirSync(bareBin);
  symlinkSync(process.execPath, join(bareBin, "node"));
  const main = join(folder, "lib", "setup", "main.mjs");
  return { folder, bareBin, write, run: (args, env = {}) => run(main, args, env) };
}

/** Runs the project's own set-up. */
export const runSetup = (args: readonly string[]): Promise<Said> =>
  run(join(root, "lib", "setup", "main.mjs"), args, {});

function run(
  main: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Said> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } });
    const chunks: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString("utf8")));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk.toString("utf8")));
    child.on("close", (status) => {
      resolve({ status, text: chunks.join("") });
    });
  });
}
