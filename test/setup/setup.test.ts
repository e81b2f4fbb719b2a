import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { devNull } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkNode } from "../../lib/setup/node-version.mjs";
import { packagesAreStale } from "../../lib/setup/packages.mjs";
import { runSetup, smallProject } from "./project.js";

describe("what is missing is said, with what to do", () => {
  it("an old Node", () => {
    expect(() => {
      checkNode("20.18.3");
    }).toThrow("this is Node 20.18.3; the lab needs 20.19 or later");
    for (const good of ["20.19.0", "22.1.0", process.versions.node]) {
      expect(() => {
        checkNode(good);
      }).not.toThrow();
    }
  });

  it("no Python", async () => {
    const project = smallProject();
    const { status, text } = await project.run(["start"], { PATH: project.bareBin, PYTHON: "" });
    expect(status).toBe(1);
    expect(text).toContain("no Python 3.9 or later");
    expect(text).toContain("apt install python3 python3-venv");
  });

  it("a Python without the venv module", async () => {
    const project = smallProject();
    const stub = join(project.bareBin, "python3");
    project.write("bin/python3", `#!${process.execPath}\nconsole.log("3 12 no");\n`);
    chmodSync(stub, 0o755);
    const { status, text } = await project.run(["start"], { PATH: project.bareBin, PYTHON: "" });
    expect(status).toBe(1);
    expect(text).toContain("python3: 3.12, without the venv module");
    expect(text).toContain("apt install python3-venv");
  });

  it("no package registry", async () => {
    const project = smallProject();
    const wanted = { version: "1.0.0", resolved: "http://127.0.0.1:9/nowhere-1.0.0.tgz" };
    const packages = { "": { dependencies: { nowhere: "1.0.0" } }, "node_modules/nowhere": wanted };
    project.write("package.json", JSON.stringify({ dependencies: { nowhere: "1.0.0" } }));
    project.write("package-lock.json", JSON.stringify({ lockfileVersion: 3, packages }));
    const { status, text } = await project.run(["build"], {
      npm_config_registry: "http://127.0.0.1:9/",
      npm_config_cache: join(project.folder, "cache"),
    });
    expect(status).toBe(1);
    expect(text).toContain("npm could not reach its package registry");
    expect(text).toContain("npm ping");
  });

  it("no package index, refusing or silent, soon; then the book takes JupyterLab's place", async () => {
    const silent = createServer((socket) => socket.on("error", () => undefined));
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const said = await Promise.all(
      [9, port].map((at) => {
        const project = smallProject();
        const stub = 'export const serveBook = () => Promise.reject(new Error("the book"));\n';
        project.write("dist/export/book-server.js", stub);
        return project.run(["start", "--no-browser"], {
          PIP_CONFIG_FILE: devNull,
          PIP_FIND_LINKS: "",
          PIP_NO_CACHE_DIR: "1",
          PIP_INDEX_URL: `http://127.0.0.1:${at}/simple`,
        });
      }),
    );
    silent.close();
    for (const { status, text } of said) {
      expect(status).toBe(1);
      expect(text).toMatch(/pip could not reach its package index[^]*\nerror: the book/);
      // Making the environment comes before and takes a few seconds more.
      const seconds = Number(/asking the package index: failed, (\d+) s/.exec(text)?.[1]);
      expect(seconds).toBeLessThanOrEqual(8);
    }
  }, 120_000);

  it("a port that is taken", async () => {
    const server = createServer().listen(0, "localhost");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const { status, text } = await runSetup(["start", "--no-browser", "--port", port]);
    server.close();
    expect(status).toBe(1);
    expect(text).toContain(`port ${port} is taken`);
    expect(text).toContain("npm start -- --port 9999");
  });

  it("an option that does not exist", async () => {
    const { status, text } = await runSetup(["start", "--nobrowser"]);
    expect(status).toBe(1);
    expect(text).toContain("usage: npm start -- [--book] [--no-browser] [--port N]");
  });
});

describe("npm start -- --help", () => {
  it("says what can be asked for, and does nothing else", async () => {
    const project = smallProject();
    rmSync(join(project.folder, "package-lock.json"));
    const { status, text } = await project.run(["start", "--help"]);
    expect(status).toBe(0);
    for (const option of ["--book", "--no-browser", "--port N"]) expect(text).toContain(option);
  });
});

describe("what is up to date is left alone", () => {
  it("packages are stale when the lockfile asks for another version or for one more", () => {
    const project = smallProject();
    const lock = (packages: object): string => JSON.stringify({ packages });
    const one = { "node_modules/a": { version: "1.0.0" } };
    project.write("package-lock.json", lock({ "": {}, ...one }));
    expect(packagesAreStale(project.folder)).toBe(true);
    project.write("node_modules/.package-lock.json", lock(one));
    expect(packagesAreStale(project.folder)).toBe(false);
    const other = { "node_modules/b": { version: "2.0.0", optional: true } };
    project.write("package-lock.json", lock({ "": {}, ...one, ...other }));
    expect(packagesAreStale(project.folder), "an optional one may be of another system").toBe(
      false,
    );
    project.write("package-lock.json", lock({ "node_modules/a": { version: "1.0.1" } }));
    expect(packagesAreStale(project.folder)).toBe(true);
  });

  it("a second build does nothing, a changed source builds again, a removed one leaves nothing", async () => {
    const project = smallProject();
    project.write("lib/gone.ts", "export {};\n");
    project.write("dist/gone.js", "");
    expect((await project.run(["build"])).text).toContain("building");
    expect((await project.run(["build"])).text).toBe("");
    project.write("lib/index.ts", "export const one = 1;\n");
    expect((await project.run(["build"])).text).toContain("building");
    rmSync(join(project.folder, "lib", "gone.ts"));
    await project.run(["build"]);
    expect(existsSync(join(project.folder, "dist", "gone.js"))).toBe(false);
  });

  it("a compiler's complaint is shown and fails the build", async () => {
    const project = smallProject();
    project.write(
      "node_modules/typescript/bin/tsc",
      'console.log("lib/index.ts(1,1): error TS1: no"); process.exit(2);',
    );
    const { status, text } = await project.run(["build"]);
    expect(status).toBe(1);
    expect(text).toContain("lib/index.ts(1,1): error TS1: no");
    expect(text).toContain("the lab does not compile");
  });
});

describe("the kernel that JupyterLab is given", () => {
  it("is the lab's own, under the name that tslab registers", () => {
    const spec: unknown = JSON.parse(
      readFileSync(
        new URL("../../.venv/share/jupyter/kernels/tslab/kernel.json", import.meta.url),
        "utf8",
      ),
    );
    expect(spec).toMatchObject({ language: "typescript", interrupt_mode: "message" });
    expect(JSON.stringify(spec)).toContain("dist/notebook/kernel/main.js");
  });
});
