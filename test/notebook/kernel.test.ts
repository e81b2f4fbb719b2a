import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  startKernel,
  type Execution,
  type KernelProcess,
} from "../../lib/notebook/client/kernel-process.js";
import { labKernel, stockKernel } from "../../lib/notebook/client/kernels.js";
import { outputText, storedOutputs } from "../../lib/notebook/document/outputs.js";
import { textIn } from "../../lib/notebook/jupyter/message.js";
import { notebookFolder } from "./files.js";

const types = ({ published }: Execution): string[] =>
  published.map(({ header }) => header.msg_type);
const printed = ({ published }: Execution): string =>
  storedOutputs(published).map(outputText).join("");
const errorOf = ({ published }: Execution) =>
  published.find(({ header }) => header.msg_type === "error")?.content;

const after = (milliseconds: number): Promise<null> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds, null));

/** How a kernel is dealt with. */
interface Manner {
  readonly interrupt: (kernel: KernelProcess) => void;
  /** How long an answer may take before there is none, in milliseconds. */
  readonly patience: number;
}
/** A busy machine is slow, and no mend is broken for it. */
const ofLab: Manner = { interrupt: (kernel) => void kernel.interrupt(), patience: 60_000 };
/** Stock tslab hears an interrupt as a signal only; what it does not do at once it goes on not doing. */
const ofStock: Manner = {
  interrupt: ({ pid }) => {
    process.kill(pid, "SIGINT");
  },
  patience: 1500,
};

async function interrupted(
  kernel: KernelProcess,
  code: string,
  { interrupt, patience }: Manner,
): Promise<Execution | null> {
  const timer = setTimeout(() => {
    interrupt(kernel);
  }, 400);
  const outcome = await Promise.race([kernel.execute(code), after(400 + patience)]);
  clearTimeout(timer);
  return outcome;
}

/** What the lab's kernel mends: each must hold there and be broken on stock tslab. */
interface Mend {
  readonly name: string;
  /** Stock tslab does not survive it, so it gets a kernel to itself. */
  readonly ruins?: true;
  readonly holds: (kernel: KernelProcess, manner: Manner) => Promise<boolean>;
}

const loops = {
  "after an await": "await null; for (;;) {}",
  "that awaits without end": "for (;;) await null;",
};

/** Uses of names of an earlier cell, and what each prints. */
const earlierNames: Readonly<Record<string, { readonly then: string; readonly says: string }>> = {
  "in an object's shorthand": { then: "({ kept })", says: "{ kept: 6 }" },
  "in a shorthand within a function": {
    then: "(() => ({ a: [{ kept }] }))().a",
    says: "[ { kept: 6 } ]",
  },
  "in a shorthand that is assigned to": { then: "({ kept } = apart); kept", says: "7" },
  "in one with a default": {
    then: "({ kept = 9 } = { kept: undefined as number | undefined }); kept",
    says: "9",
  },
  "beside a key that is taken apart": {
    then: "const { deep: { kept: inner } } = apart; inner",
    says: "8",
  },
};

const mends: readonly Mend[] = [
  {
    name: "an error is a message with name, value and trace",
    async holds(kernel) {
      const outcome = await kernel.execute(
        'const deep = (): void => {\n  throw new RangeError("x");\n};\ndeep();',
      );
      const error = errorOf(outcome);
      return (
        error?.["ename"] === "RangeError" &&
        error["evalue"] === "x" &&
        JSON.stringify(error["traceback"]).includes("line 2: throw new RangeError")
      );
    },
  },
  {
    name: "a compiler's complaint is an error too, with the place marked",
    async holds(kernel) {
      const error = errorOf(await kernel.execute('const word = "x";\nword.lenght;'));
      return (
        error?.["ename"] === "TypeScriptError" &&
        JSON.stringify(error["traceback"]).includes("^^^^^^")
      );
    },
  },
  {
    name: "the cells after a failed one run when errors are allowed",
    async holds(kernel) {
      const failed = kernel.execute("throw new Error();", { stopOnError: false });
      const next = kernel.execute("console.log('went on')", { stopOnError: false });
      await failed;
      return printed(await next) === "went on\n";
    },
  },
  {
    ruins: true,
    name: "nothing of much output is lost",
    async holds(kernel, { patience }) {
      const count = 3000;
      const code = `for (let i = 0; i < ${count}; i += 1) console.log(i);`;
      const outcome = await Promise.race([kernel.execute(code), after(patience)]);
      return outcome !== null && printed(outcome).split("\n").length === count + 1;
    },
  },
  {
    name: "cells are strict TypeScript",
    async holds(kernel) {
      return (await kernel.execute("const same = (x) => x;")).reply["status"] === "error";
    },
  },
  {
    name: "JavaScript's operators refuse what has a value in a scenario alone",
    async holds(kernel) {
      await kernel.execute(
        'import { bool, variable, wait_until } from "lockdep-lab"; const ready = variable("ready", bool);',
      );
      const refused = errorOf(await kernel.execute("\nwait_until(!ready)"));
      const said = refused === undefined ? "" : textIn(refused, "evalue");
      return /^line 2: wait_until\(\): ready has no value .*: write not\(ready\)$/.test(said);
    },
  },
  {
    name: "a value that knows its MIME bundle is shown as that",
    async holds(kernel) {
      const outcome = await kernel.execute(
        '({ toMimeBundle: () => ({ "text/html": "<b>b</b>", "text/plain": "b" }) })',
      );
      return types(outcome).includes("display_data") && printed(outcome) === "b";
    },
  },
  {
    name: "a long search says how far it is, in a line that is gone when the cell has ended",
    async holds(kernel) {
      const outcome = await kernel.execute(
        'const tell = Reflect.get(globalThis, Symbol.for("lockdep-lab.progress"));\n' +
          "for (const seconds of [1, 3, 3.1, 9])\n" +
          "  tell({ states: 1000 * seconds, transitions: 0, depth: 7, seconds });\n" +
          '"over"',
      );
      const lines = outcome.published
        .filter(({ header }) => header.msg_type.endsWith("display_data"))
        .map(({ content }) => JSON.stringify(content["data"]));
      return (
        lines.length === 3 &&
        (lines[0] ?? "").includes("exploring: 3,000 states, 7 steps deep, 3 s") &&
        (lines[1] ?? "").includes("exploring: 9,000 states") &&
        lines[2] === '{"text/plain":""}' &&
        printed(outcome) === "over\n"
      );
    },
  },
  {
    name: "the front end is told the cell's number",
    async holds(kernel) {
      return types(await kernel.execute("1")).includes("execute_input");
    },
  },
  {
    ruins: true,
    name: "process.exit() does not take the kernel away",
    async holds(kernel) {
      const outcome = await kernel.execute("process.exit(0)").catch(() => null);
      return outcome !== null && textIn(outcome.reply, "evalue").includes("Shut Down");
    },
  },
  {
    ruins: true,
    name: "an endless loop that prints is stopped before the front end drowns",
    async holds(kernel, { patience }) {
      const code = "for (;;) console.log('again and again and again and again');";
      const outcome = await Promise.race([kernel.execute(code).catch(() => null), after(patience)]);
      return outcome !== null && textIn(outcome.reply, "ename") === "Interrupted";
    },
  },
  ...Object.entries(earlierNames).map(([name, { then, says }]): Mend => ({
    name: `a name of an earlier cell is found ${name}`,
    async holds(kernel) {
      await kernel.execute("let kept = 6; const apart = { kept: 7, deep: { kept: 8 } };");
      return printed(await kernel.execute(then)) === `${says}\n`;
    },
  })),
  ...Object.entries(loops).map(([name, code]): Mend => ({
    name: `a loop ${name} can be interrupted, and the kernel lives on`,
    async holds(kernel, manner) {
      const outcome = await interrupted(kernel, code, manner);
      if (outcome === null) return false;
      return printed(await kernel.execute("20 + 22")) === "42\n";
    },
  })),
];

describe("what the lab's kernel mends", () => {
  let lab: KernelProcess;
  let stock: KernelProcess;
  beforeAll(async () => {
    [lab, stock] = await Promise.all([
      startKernel(labKernel, notebookFolder),
      startKernel(stockKernel(), notebookFolder),
    ]);
  });
  afterAll(() => Promise.all([lab.shutdown(), stock.shutdown()]));

  for (const { name, ruins, holds } of mends) {
    it(name, async () => {
      const onLab = await holds(lab, ofLab);
      const own = ruins === true ? await startKernel(stockKernel(), notebookFolder) : stock;
      const onStock = await holds(own, ofStock);
      if (own !== stock) await own.shutdown();
      expect({ lab: onLab, stock: onStock }).toEqual({ lab: true, stock: false });
    });
  }

  it("leaves names alone that are none of earlier cells: of enums, fields, labels and keys", async () => {
    await lab.execute("let own = 6; enum Colour { Red, Green } class Base { own = 1; }");
    await lab.execute("const f = (n: number) => n * 2; interface Shape { own: number }");
    const code =
      "class More extends Base { own = own; both = { own, f, Colour }; }\n" +
      "own: for (;;) { break own; }\n" +
      "const shape: Shape = { own: 3 };\n" +
      "const { own: other = own } = shape;\n" +
      "(({ own }) => [own, other, new More().both.f(4), new More().both.Colour.Green])({ own: 11 })";
    expect(printed(await lab.execute(code))).toBe("[ 11, 3, 8, 1 ]\n");
  });
});
