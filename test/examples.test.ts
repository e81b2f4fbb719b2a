/** The `@example`s of the doc comments run, and give what stands behind them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as lab from "../lib/index.js";
import { lib } from "./imports.js";

interface Example {
  readonly file: string;
  /** The symbol that it is about. */
  readonly of: string;
  readonly code: string;
}

/** Returns the examples of a file: the text behind each `@example`, without a fence. */
function examplesIn(file: string): readonly Example[] {
  const text = readFileSync(join(lib, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== "example" || tag.parent.parent !== node) continue;
      const comment = ts.getTextOfJSDocComment(tag.comment) ?? "";
      const code = comment.replace(/^```(?:ts)?\n|\n```$/g, "");
      found.push({ file, of: nameOf(node), code });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(node: ts.Node): string {
  const named = ts.isVariableStatement(node) ? node.declarationList.declarations[0] : node;
  const name = named === undefined ? undefined : ts.getNameOfDeclaration(named as ts.Declaration);
  return name !== undefined && ts.isIdentifier(name) ? name.text : "?";
}

/** Returns an example that asserts: `EXPRESSION; // VALUE` compares the two, with no value it only runs. */
function asserting(code: string): string {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const pieces = source.statements.map((statement) => {
    const text = code.slice(statement.getStart(source), statement.end);
    const [said] = ts.getTrailingCommentRanges(code, statement.end) ?? [];
    if (said === undefined || !ts.isExpressionStatement(statement)) return text;
    const value = code.slice(said.pos + 2, said.end).trim();
    return `assertEqual((${text.replace(/;$/, "")}), (${value}));`;
  });
  const { outputText } = ts.transpileModule(pieces.join("\n"), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return outputText.replaceAll(/^export \{\};?$/gm, "");
}

type Names = Readonly<Record<string, unknown>>;

/** Runs an example with names in scope: everything that the lab exports, and the module's own. */
async function run(code: string, scope: Names): Promise<number> {
  let compared = 0;
  const names: Names = {
    ...scope,
    assertEqual: (actual: unknown, expected: unknown) => {
      compared += 1;
      expect(actual).toEqual(expected);
    },
  };
  const body = runInThisContext(
    `(async (names) => { const { ${Object.keys(names).join(", ")} } = names; { ${asserting(code)} } })`,
  ) as (names: Names) => Promise<void>;
  await body(names);
  return compared;
}

const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.startsWith("export/page/"),
);
const examples = files.flatMap(examplesIn);

describe("the examples of the doc comments", () => {
  it.each(examples)("run: $of ($file)", async ({ file, code }) => {
    const own = (await import(join(lib, file))) as Names;
    await run(code, { ...lab, ...own });
  });

  it("are found, and compared with what stands behind them", async () => {
    expect(examples.length).toBeGreaterThan(50);
    expect(await run("const a = 1;\na + 1; // 2\n[a] // [1]", {})).toBe(2);
    await expect(run("1 + 1 // 3", {})).rejects.toThrow();
    await expect(run("nobody()", {})).rejects.toThrow("nobody is not defined");
  });
});
