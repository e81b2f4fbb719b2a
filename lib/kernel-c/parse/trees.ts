/** The parser's trees: that of a long text is kept, so that what is the same in the next one is not parsed again. */
import { Edit, type Node, type Parser, type Tree } from "web-tree-sitter";

/** Shorter texts are bodies of macros, and others come between. */
const leastKept = 2_000;

/** Parses texts. */
export class Trees {
  private last: { readonly code: string; readonly tree: Tree } | null = null;

  constructor(private readonly parser: Parser) {}

  /** Returns what is made of a text's tree, which is not to be used afterwards. */
  rootOf<T>(code: string, use: (root: Node) => T): T {
    if (code.length >= leastKept) return use(this.kept(code).rootNode);
    const tree = this.parsed(code);
    try {
      return use(tree.rootNode);
    } finally {
      tree.delete();
    }
  }

  private kept(code: string): Tree {
    const { last } = this;
    let tree: Tree | null = null;
    if (last !== null) {
      last.tree.edit(editOf(last.code, code));
      tree = this.parsed(code, last.tree);
      last.tree.delete();
      this.last = null;
      // How the parser goes on behind what is wrong is another matter when it begins with an older tree.
      if (tree.rootNode.hasError) {
        tree.delete();
        tree = null;
      }
    }
    tree ??= this.parsed(code);
    this.last = { code, tree };
    return tree;
  }

  private parsed(code: string, before: Tree | null = null): Tree {
    const tree = this.parser.parse(code, before);
    if (tree === null) throw new Error("kernel C: the parser gave nothing");
    return tree;
  }
}

/** The one change that makes a text of another: what lies between their common beginning and end. */
function editOf(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  while (
    same < most - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same += 1;
  }
  const oldEnd = before.length - same;
  const newEnd = after.length - same;
  return new Edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  });
}

function pointAt(text: string, at: number): Edit["startPosition"] {
  let row = 0;
  let lineStart = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < at; next = text.indexOf("\n", next + 1)) {
    row += 1;
    lineStart = next + 1;
  }
  return { row, column: at - lineStart };
}
