/** What is spared between a cell and its program changes nothing of what a cell may say. */
import type ts from "typescript";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startKernel, type KernelProcess } from "../../../lib/notebook/client/kernel-process.js";
import { labKernel } from "../../../lib/notebook/client/kernels.js";
import { ModuleLookups } from "../../../lib/notebook/kernel/module-lookups.js";
import { notebookFolder } from "../files.js";

describe("a cell's program", () => {
  let kernel: KernelProcess;
  beforeEach(async () => {
    kernel = await startKernel(labKernel, notebookFolder);
  });
  afterEach(() => kernel.shutdown());
  const complaintOf = async (code: string): Promise<unknown> =>
    (await kernel.execute(code)).reply["evalue"];

  it("knows the types that an earlier cell got from the lab without naming them", async () => {
    const run = 'import { abba, explore } from "lockdep-lab";\nconst result = explore(abba());';
    expect(await complaintOf(run)).toBeUndefined();
    expect(await complaintOf("const { violations } = result;")).toBeUndefined();
    expect(await complaintOf("violations.deadlok;")).toContain("Did you mean 'deadlock'?");
    expect(await complaintOf("const steps: string = result.states;")).toContain("'number'");
  });

  it("is whole for a cell that declares nothing, and after one that does not compile", async () => {
    expect(await complaintOf("const kept = 1;")).toBeUndefined();
    expect(await complaintOf('kept.toFixed("two");')).toContain("parameter of type 'number'");
    expect(await complaintOf("const kept: string = 2;")).toContain("'string'");
    expect(await complaintOf("kept + 1;")).toBeUndefined();
    expect(await complaintOf("const kept = `now a ${typeof kept}`;")).toContain("before");
    expect(
      await complaintOf('const kept = "another";\nfunction own() { return kept; }'),
    ).toBeUndefined();
    expect(await complaintOf("const length: number = own();")).toContain("'string'");
  });
});

describe("modules that are not looked for", () => {
  it("are the lab's own, which one file declares, and those instead of TypeScript's", () => {
    const asked: string[] = [];
    const looked: string[] = [];
    const cache = {
      getFromDirectoryCache: (name: string): object | undefined => {
        looked.push(name);
        return undefined;
      },
    };
    const host = {
      resolveModuleNameLiterals: (names: readonly { readonly text: string }[]) => {
        asked.push(...names.map(({ text }) => text));
        return [];
      },
      getModuleResolutionCache: () => cache,
    };
    const lookups = new ModuleLookups();
    // A host has much more that no lookup asks for.
    lookups.spare(host as unknown as ts.CompilerHost);
    lookups.spare(host as unknown as ts.CompilerHost);
    const names = ["lockdep-lab/dist/machine/model/model", "lockdep-lab", "./own", "fs"];
    host.resolveModuleNameLiterals(names.map((text) => ({ text })));
    expect(asked).toEqual(["lockdep-lab", "lockdep-lab", "./own", "fs"]);
    expect(cache.getFromDirectoryCache("@typescript/lib-es2022")).toEqual({
      resolvedModule: undefined,
    });
    expect(cache.getFromDirectoryCache("@typescript/vfs")).toBeUndefined();
    expect(looked).toEqual(["@typescript/vfs"]);
  });
});
