import { afterEach, beforeEach, expect, it } from "vitest";
import { startKernel, type KernelProcess } from "../../../lib/notebook/client/kernel-process.js";
import { labKernel } from "../../../lib/notebook/client/kernels.js";
import { notebookFolder } from "../files.js";

let kernel: KernelProcess;
beforeEach(async () => {
  kernel = await startKernel(labKernel, notebookFolder);
});
afterEach(() => kernel.shutdown());

const complaintOf = async (code: string): Promise<unknown> =>
  (await kernel.execute(code)).reply["evalue"];

it("a cell knows all of Node as soon as it names some of it, as strictly as the lab", async () => {
  expect(await complaintOf('console.log("known from the first cell on");')).toBeUndefined();
  expect(await complaintOf("process.exitCod = 1;")).toContain("Did you mean 'exitCode'?");
  expect(await complaintOf("clearTimeout(setTimeout(() => undefined, 5));")).toBeUndefined();
  expect(await complaintOf("const old: number = process.versions;")).toContain("ProcessVersions");
});

it("a cell that imports of Node knows what it imports", async () => {
  const imported = 'import { join } from "node:path";\n';
  expect(await complaintOf(`${imported}console.dir(join("a", "b"), { depth: "two" });`)).toContain(
    "not assignable to type 'number'",
  );
  expect(await complaintOf(`${imported}join("a", 1);`)).toContain("parameter of type 'string'");
  expect(await complaintOf(`${imported}join("a", "b");`)).toBeUndefined();
});

it("an editor is told of the lab's names and of Node's", async () => {
  const asked = async (code: string): Promise<string> =>
    JSON.stringify(await kernel.ask("inspect", { code, cursor_pos: 3, detail_level: 0 }));
  const lab = 'import { explore } from "lockdep-lab";';
  const shown = await kernel.ask("inspect", { code: lab, cursor_pos: 10, detail_level: 0 });
  expect(JSON.stringify(shown)).toContain("Returns what can happen in a scenario");
  expect(await asked("setTimeout")).toContain("setTimeout");
  const offered = await kernel.ask("complete", { code: "process.exitC", cursor_pos: 13 });
  expect(offered["matches"]).toContain("exitCode");
});
