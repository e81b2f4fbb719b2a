/** The C in a cell: c`...` templates, with what is put into them where that is known. */
import ts from "typescript";
import type { CellText } from "./messages.js";

/** A text of C, and where each stretch of it stands in the cell. */
export interface CTemplate {
  readonly text: string;
  readonly stretches: readonly Stretch[];
}

/** From `at` on, the text is that of the cell from `from`; what is put in stands there as `${...}`, `length` long. */
interface Stretch {
  readonly at: number;
  readonly from: number;
  /** Undefined where the cell has the text itself. */
  readonly length?: number;
}

/**
 * Returns the templates of the last cell that are a whole text.
 *
 * A template that is put together with others, here or in a cell above, is a piece of something, and is
 * left out; so is one with something in it that only running the cell could tell.
 */
export function cTemplates(cells: readonly CellText[]): CTemplate[] {
  const files = cells.map(({ source }) =>
    ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true),
  );
  const values = new Map<string, ts.Expression>();
  const pieces = new Set<string>();
  for (const file of files) {
    visit(file, (node) => {
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
        values.set(node.name.text, node.initializer);
      }
      if (ts.isIdentifier(node) && isPutTogether(node)) pieces.add(node.text);
    });
  }
  const found: CTemplate[] = [];
  const last = files.at(-1);
  if (last === undefined) return found;
  visit(last, (node) => {
    if (!isC(node) || isPutTogether(node) || isPiece(node, pieces)) return;
    const template = textOf(node.template, last, values);
    if (template !== undefined) found.push(template);
  });
  return found;
}

/** Returns the offset in the cell of an offset in the text. */
export function placeOf({ stretches }: CTemplate, offset: number): number {
  const stretch = stretches.findLast(({ at }) => at <= offset);
  if (stretch === undefined) return 0;
  return stretch.length === undefined ? stretch.from + offset - stretch.at : stretch.from;
}

function visit(node: ts.Node, meet: (node: ts.Node) => void): void {
  meet(node);
  ts.forEachChild(node, (child) => {
    visit(child, meet);
  });
}

function isC(node: ts.Node): node is ts.TaggedTemplateExpression {
  return ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === "c";
}

function isPutTogether({ parent }: ts.Node): boolean {
  return (
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken) ||
    ts.isTemplateSpan(parent) ||
    ts.isArrayLiteralExpression(parent)
  );
}

function isPiece({ parent }: ts.Node, pieces: ReadonlySet<string>): boolean {
  return (
    ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) && pieces.has(parent.name.text)
  );
}

function textOf(
  template: ts.TemplateLiteral,
  file: ts.SourceFile,
  values: ReadonlyMap<string, ts.Expression>,
): CTemplate | undefined {
  if (ts.isNoSubstitutionTemplateLiteral(template)) {
    const from = template.getStart(file) + 1;
    return {
      text: file.text.slice(from, template.end - 1),
      stretches: [{ at: 0, from }],
    };
  }
  const from = template.head.getStart(file) + 1;
  let text = file.text.slice(from, template.head.end - 2);
  const stretches: Stretch[] = [{ at: 0, from }];
  for (const { expression, literal } of template.templateSpans) {
    const put = valueOf(expression, values, new Set());
    if (put === undefined) return undefined;
    const start = literal.getStart(file) + 1;
    stretches.push({
      at: text.length,
      from: expression.pos - 2,
      length: start - expression.pos + 2,
    });
    text += put;
    stretches.push({ at: text.length, from: start });
    text += file.text.slice(
      start,
      literal.end - (literal.kind === ts.SyntaxKind.TemplateTail ? 1 : 2),
    );
  }
  return { text, stretches };
}

/** The text or number that an expression stands for; undefined where that is not written down. */
function valueOf(
  expression: ts.Expression,
  values: ReadonlyMap<string, ts.Expression>,
  asked: ReadonlySet<string>,
): string | undefined {
  if (ts.isIdentifier(expression)) {
    const value = values.get(expression.text);
    if (value === undefined || asked.has(expression.text)) return undefined;
    return valueOf(value, values, new Set([...asked, expression.text]));
  }
  if (isC(expression)) {
    const { template } = expression;
    if (ts.isNoSubstitutionTemplateLiteral(template)) return template.rawText ?? template.text;
    let text = template.head.rawText ?? "";
    for (const { expression: inner, literal } of template.templateSpans) {
      const put = valueOf(inner, values, asked);
      if (put === undefined) return undefined;
      text += put + (literal.rawText ?? "");
    }
    return text;
  }
  return ts.isStringLiteralLike(expression) || ts.isNumericLiteral(expression)
    ? expression.text
    : undefined;
}
