import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { cProblems } from "../../../lib/export/language/c-problems.js";
import { readDeclarations } from "../../../lib/export/language/declarations.js";
import type { CellText, Problem } from "../../../lib/export/language/messages.js";
import { createLanguageService } from "../../../lib/export/language/service.js";
import { projectRoot } from "../../../lib/export/export.js";
import { parseNotebook } from "../../../lib/export/source/notebook.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";
import { notebookFile, notebookNames } from "../../notebook/files.js";

type Check = (cells: readonly CellText[]) => readonly Problem[];
const checks: { typescript: Check; c: Check } = { typescript: () => [], c: () => [] };
beforeAll(async () => {
  const service = createLanguageService(await readDeclarations(projectRoot));
  const kernelC = await loadKernelC();
  checks.typescript = service.problems;
  checks.c = (cells) => cProblems(kernelC, cells);
});

const texts = (...sources: readonly string[]): CellText[] =>
  sources.map((source, at) => ({ id: `c${at}`, source }));
/** What is underlined in the last cell, and why. */
const said = (check: Check, ...sources: readonly string[]): string[] =>
  check(texts(...sources)).map(
    ({ from, to, message }) => `${(sources.at(-1) ?? "").slice(from, to)}: ${message}`,
  );

describe("cells of the notebooks", () => {
  it.each(notebookNames)("%s has no problem in any cell", (name) => {
    const { cells } = parseNotebook(readFileSync(notebookFile(name), "utf8"), name);
    const code = cells.filter(({ kind }) => kind === "code");
    for (const at of code.keys()) {
      const above = code.slice(0, at + 1);
      expect([...checks.typescript(above), ...checks.c(above)], `cell ${at + 1}`).toEqual([]);
    }
  });
});

describe("TypeScript in a cell", () => {
  it.each([
    ["a wrong type", ['const n: number = "hello";'], /^n: Type 'string' is not assignable/],
    ["what strict forbids", ["const f = (x) => x;"], /^x: Parameter 'x' implicitly has an 'any'/],
    ["a name that nobody declares", ["nothing"], /^nothing: Cannot find name 'nothing'/],
    ["a name of a cell below is none", ["below;"], /^below: Cannot find name/],
    ["what does not parse", ["const = 1;"], /^=: /],
    ["a type from a cell above", ["type T = 1;", "const t: T = 2;"], /^t: Type '2' is not/],
    ["a variable from above", ["let k = 1;", "k = 'one';"], /^k: Type 'string' is not assignable/],
    ["a constant from above", ["const k = 1;", "k = 2;"], /^k: Cannot assign to 'k'/],
    ["a name that the lab has not", ['import { explor } from "lockdep-lab";'], /^explor: /],
    ["a name of Node, which no page has", ["process.exit();"], /^process: Cannot find name/],
  ])("is wrong for %s", (_, sources, expected) => {
    expect(said(checks.typescript, ...sources)[0]).toMatch(expected);
  });

  it.each([
    ["what is declared again", ["const a = 1;", "const a = 'x';", "a.length;"]],
    ["a variable that is changed", ["let [k, { m: l }] = [1, { m: 2 }];", "k = 2; l = k;"]],
    ["an await, and a last expression", ["await Promise.resolve(1);", "1 + 1"]],
    ["functions, classes and enums of cells above", ["class C<T> { t?: T }", "new C<number>().t"]],
    [
      "what a page's worker has",
      ["console.log(performance.now(), structuredClone(new URL('a:b')))"],
    ],
    ["imports handed down", ['import * as lab from "lockdep-lab";', "lab.explore;"]],
    ["an empty cell", [""]],
  ])("is right for %s", (_, sources) => {
    expect(said(checks.typescript, ...sources)).toEqual([]);
  });
});

/** JavaScript asks once, where the text is read, and any object is true. */
describe("a value of the lab in the place of a truth", () => {
  const values = `import { bool, int, variable, mutex, wait_until, cond, eq, list, idSet, type Variable } from "lockdep-lab";
const x = variable("x", bool), y = variable("y", int(0, 3));
const maybe = new Map<string, Variable>().get("k");
const items = list("items", idSet("item", 2));`;

  it.each([
    [
      "wait_until(!x)",
      "!x: wait_until(): x has no value before a scenario runs, and JavaScript takes it for true whatever happens: write not(x)",
    ],
    ["wait_until(x && eq(y, 1))", "write and(x, eq(y, 1))"],
    [
      "wait_until(eq(y, 1) || x)",
      "wait_until(): eq(y, 1) has no value before a scenario runs, and JavaScript takes it for true whatever happens: write or(eq(y, 1), x)",
    ],
    [
      "const z = (y) ? 1 : 2;",
      "(y) ? 1 : 2: (y) has no value before a scenario runs, and JavaScript takes it for true whatever happens: write cond((y), 1, 2)",
    ],
    [
      "if (x) throw new Error();",
      "if (x: x has no value before a scenario runs, and JavaScript takes it for true whatever happens: write if_(x, [...])",
    ],
    ["while (eq(x, y)) break;", "write while_(eq(x, y), [...])"],
    ["for (; x; ) break;", "write while_(x, [...])"],
    ["do {} while (x);", "write while_(x, [...])"],
    [
      "wait_until(x === y)",
      "wait_until(): x has no value before a scenario runs, and JavaScript compares the objects: write eq(x, y); Object.is(x, y) asks whether they are one variable",
    ],
    ["wait_until(x != maybe)", "write ne(x, maybe)"],
    [
      "if (items) throw new Error();",
      "items is part of the scenario, and JavaScript takes it for true whatever happens; ask for what the state has of it, as list_empty(...) and eq(x, y) do",
    ],
  ])("%s is refused", (cell, expected) => {
    const [message = "none"] = said(checks.typescript, values, cell);
    expect(message).toContain(expected);
  });

  it.each([
    "if (!maybe) throw new Error();",
    "const z = maybe ?? x;",
    "const only = maybe && eq(maybe, 1);",
    "if (maybe === undefined || maybe !== null) throw new Error();",
    "const f = (given?: Variable) => (given === undefined ? x : given);",
    "const g = (on: boolean) => [...(on ? [eq(x, 1)] : []), ...(on && y.name === 'y' ? [x] : [])];",
    "const same = Object.is(x, y);",
    "const h = cond(x, 1, 2);",
  ])("%s is none", (cell) => {
    expect(said(checks.typescript, values, cell)).toEqual([]);
  });
});

describe("kernel C in a cell", () => {
  const lock = "static DEFINE_MUTEX(a);";
  const f = (body: string): string => `static void f(void) { ${body} }`;
  const both = "mutex_lock(&a); mutex_unlock(&a);";

  it.each([
    ["a misspelt call", [`c\`${lock}${f("mutex_lok(&a);")}\``], /^mutex_lok: no such call/],
    ["an unknown name", [`c\`${f("mutex_lock(&b);")}\``], /^b: no such name: b/],
    ["what does not parse", [`c\`${lock}${f("mutex_lock(&a)")}\``], /expected ;/],
    [
      "behind what is put in from a cell above",
      ["const lock = c`static DEFINE_MUTEX(a);`;", `c\`\${lock}\n${f("mutex_lok(&a);")}\``],
      /^mutex_lok/,
    ],
    ["a function that a comment runs and that is not there", ["c`/* lab: thread g on 0 */`"], /g/],
  ])("is wrong for %s", (_, sources, expected) => {
    expect(said(checks.c, ...sources)[0]).toMatch(expected);
  });

  it.each([
    ["a whole text", [`c\`${lock}${f(both)}\``]],
    ["a piece that is put behind another", [`const g = c\`${f(both)}\`;\nrun(text + g);`]],
    ["a piece of a template", [`const g = c\`${f(both)}\`;\nrun(c\`${lock}\${g}\`);`]],
    ["a text for use with one above", [`const text = c\`${lock}\`;`, `c\`${f(both)}\``]],
    ["one that replaces a function", [`c\`${lock}${f(both)}\``, `c\`${f(both)}\``]],
    ["what only a run could know", [`c\`${lock}${f("mutex_lock(&${name});")}\``]],
    ["another tag", [`d\`${f("nonsense")}\``]],
  ])("is right for %s", (_, sources) => {
    expect(said(checks.c, ...sources)).toEqual([]);
  });
});
