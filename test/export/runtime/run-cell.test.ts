import { describe, expect, it } from "vitest";
import { createNotebook } from "./cells.js";

/** Runs the cells in order and returns the output of the last one. */
async function last(...cells: readonly string[]): Promise<string> {
  const run = createNotebook({ "lockdep-lab": { spin: (n: number) => n + 1, name: "lab" } });
  let result = { out: "", error: "" };
  for (const cell of cells) result = await run(cell);
  return result.error === "" ? result.out : result.error;
}

describe("a cell of the live page", () => {
  it.each<readonly [string, readonly string[], string]>([
    [
      "prints its last expression",
      ["const a: number = 1;\n({ a, b: [a] })"],
      "{ a: 1, b: [ 1 ] }\n",
    ],
    ["prints text as it is", ["'it\\'s'"], "it's\n"],
    ["prints nothing for undefined and null", ["undefined", "null"], ""],
    ["prints nothing after a declaration", ["const a = 1;"], ""],
    ["prints false, zero and empty", ["[false, 0, '']; 0"], "0\n"],
    [
      "sees what earlier cells declared",
      ["let a = 1;", "function f() { return a; }", "a += 1; f() + a"],
      "4\n",
    ],
    ["may declare a name again", ["const a = 1;", "const a = 'two';", "a"], "two\n"],
    [
      "keeps functions on the variables of their own cell",
      ["const a = 1; const f = () => a;", "const a = 2;", "f()"],
      "1\n",
    ],
    [
      "imports from the lab",
      ["import { spin as s, name } from 'lockdep-lab';", "`${s(1)} ${name}`"],
      "2 lab\n",
    ],
    ["imports a namespace", ["import * as lab from 'lockdep-lab';\nlab.name"], "lab\n"],
    [
      "imports types that are not there",
      ["import { type Lock, Report, name } from 'lockdep-lab';\nlet r: Report | Lock;\nname"],
      "lab\n",
    ],
    ["imports when asked", ["const lab = await import('lockdep-lab');\nlab.name"], "lab\n"],
    [
      "awaits at the top",
      ["const a = await Promise.resolve(3);\nconst b = a + 1;", "a + b"],
      "7\n",
    ],
    [
      "awaits in a loop at the top",
      ["let s = 0; for await (const x of [1, 2]) s += x;", "s"],
      "3\n",
    ],
    ["shows a promise without awaiting it", ["Promise.resolve(1)"], "Promise { <pending> }\n"],
    [
      "knows enums and parameter properties",
      [
        "enum Mode { Read, Write }\nclass A { constructor(readonly x: number) {} }",
        "[Mode[1], new A(2)]",
      ],
      "[ 'Write', A { x: 2 } ]\n",
    ],
    [
      "destructures",
      ["const { a, ...rest } = { a: 1, b: 2 }; const [c = 5] = [];", "({ a, rest, c })"],
      "{ a: 1, rest: { b: 2 }, c: 5 }\n",
    ],
    [
      "assigns to shorthand of another cell",
      ["let a = 0, b = 0;", "({ a, b = 4 } = { a: 3 } as any); [a, b]"],
      "[ 3, 4 ]\n",
    ],
    [
      "hides a name in an inner scope",
      ["const a = 1;", "[2].map((a) => a + 1).concat(((b) => { const a = b; return a; })(9))"],
      "[ 3, 9 ]\n",
    ],
    [
      "takes a property for no variable",
      ["const a = 1;", "({ a: 2 }).a + (class { a = 3 }).name.length"],
      "2\n",
    ],
    ["asks for the type of what is not there", ["typeof nothing"], "undefined\n"],
    [
      "has a catch without a name",
      ["try { throw 1 } catch { 'caught' }", "try { throw 2 } catch (e) { console.log(e) }"],
      "2\n",
    ],
    ["keeps the value in parentheses", ["(1, 2);"], "2\n"],
    ["takes a directive for a value", ["'use strict'"], "use strict\n"],
    ["prints with formats", ["console.log('%s is %d', 'a', 1, { b: 2 })"], "a is 1 { b: 2 }\n"],
    ["ends with a comment", ["1 + 1 // two"], "2\n"],
    [
      "recurses across cells",
      ["function f(n: number): number { return n < 2 ? 1 : n * f(n - 1); }", "f(5)"],
      "120\n",
    ],
  ])("%s", async (_, cells, expected) => {
    expect(await last(...cells)).toBe(expected);
  });

  it("runs nothing of a cell that uses a name that is nowhere", async () => {
    const run = createNotebook();
    await run("let a = 1;");
    const wrong = await run("a = 2;\nlet b = a + missing;");
    expect(wrong.error).toContain("cannot find name 'missing'");
    expect(wrong.trace).toBe("    at cell 2, line 2, column 13");
    expect((await run("a")).out).toBe("1\n");
  });

  it.each([
    ["const a: number = ;", 1, 19],
    ["const a: Array<number> = [1];\nlet let = 2", 2, 5],
    ["const a = 1;\nconst a = 2;", 2, 7],
    ["const x: number = 1; for (;;", 1, 29],
  ])("says where %j is wrong", async (source, line, column) => {
    const { error, trace, ok } = await createNotebook()(source);
    expect(ok).toBe(false);
    expect(error).toMatch(/^SyntaxError: /);
    expect(trace).toBe(`    at cell 1, line ${line}, column ${column}`);
  });

  it("says where an error was thrown, through the cells that called", async () => {
    const run = createNotebook();
    await run(
      "interface A { x: number }\nfunction f(a: A): never {\n  throw new TypeError('no ' + a.x);\n}",
    );
    const { error, trace } = await run("const y: number = 1;\n  f({ x: y } as any);");
    expect(error).toBe("TypeError: no 1");
    expect(trace).toBe("    at f in cell 1, line 3, column 9\n    at cell 2, line 2, column 3");
  });

  it("goes on after an error, with what was declared before it", async () => {
    const run = createNotebook();
    await run("const a = 1;");
    expect((await run("const b = 2; throw new Error('x'); const a = 3;")).ok).toBe(false);
    expect((await run("a + b")).out).toBe("3\n");
  });

  it("says what was thrown when it is no error", async () => {
    expect((await createNotebook()("throw { a: 1 };")).error).toBe("Uncaught: { a: 1 }");
    expect((await createNotebook()("await Promise.reject(7)")).error).toBe("Uncaught: 7");
  });

  it("says that a module is not in the page", async () => {
    const run = createNotebook({ "lockdep-lab": {} });
    expect((await run("import fs from 'node:fs';")).error).toContain(
      'cannot find module "node:fs"',
    );
  });

  it("runs loops over its own variables at full speed", async () => {
    const loop = "let n = 0; for (let i = 0; i < 50_000_000; i++) n += i; n";
    const time = async (run: () => unknown): Promise<number> => {
      const started = performance.now();
      await run();
      return performance.now() - started;
    };
    const plain = await time(() => globalThis.eval(`(() => { ${loop} })()`) as unknown);
    const took = await time(() => createNotebook()(loop));
    // A variable in a closure costs more than one in a register, and far less than one that is looked up.
    expect(took).toBeLessThan(1000 + 20 * plain);
  });
});
