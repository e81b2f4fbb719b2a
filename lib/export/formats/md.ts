/** `md`: Markdown for a code host or a wiki, with the images beside it. */
import { cellTags, cutEdition, fileStem, toRead, type Edition } from "../source/edition.js";
import { eachNotebook, type ExportFile, type Source } from "../format.js";
import type { Cell } from "../source/notebook.js";
import { foldedAs, scaffoldingOf } from "../source/scaffolding.js";
import { showOutputs, type Shown, type ShownFigure } from "../outputs/outputs.js";

const extensions: Readonly<Record<string, string>> = {
  "image/svg+xml": "svg",
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
};

/** Gathers the images of one notebook as files. */
class ImageFiles {
  readonly files: ExportFile[] = [];

  constructor(private readonly folder: string) {}

  /** Returns the path of the image from the Markdown file, or undefined for no image. */
  add(uri: string): string | undefined {
    const [, mime, data] = /^data:([^;,]+);base64,(.*)$/.exec(uri) ?? [];
    const extension = extensions[mime ?? ""];
    if (extension === undefined || data === undefined) return undefined;
    const path = `${this.folder}/figure-${this.files.length + 1}.${extension}`;
    this.files.push({ path, data: Buffer.from(data, "base64") });
    return path;
  }
}

/** Returns the Markdown file of a notebook and the files of its images. */
function markdownFiles(source: Source, cells: readonly Cell[], edition: Edition): ExportFile[] {
  const name = fileStem(source.notebook.name, edition);
  const images = new ImageFiles(`${name}_files`);
  const scaffolding = scaffoldingOf(cells);
  let number = 0;
  const parts = cells.map((cell, at) => {
    const mark = markOf(cell);
    switch (cell.kind) {
      case "markdown":
        return mark + relinked(cell.source, cell.attachments, source.images, images, edition);
      case "code": {
        number += 1;
        const outputs = showOutputs(cell.outputs).map((output) => outputText(output, images));
        const text = [fenced("ts", cell.source), ...outputs].filter(Boolean).join("\n\n");
        const why = scaffolding[at];
        return mark + (why === undefined ? text : folded(`${foldedAs(why)}, cell ${number}`, text));
      }
    }
  });
  return [{ path: `${name}.md`, data: `${parts.join("\n\n")}\n` }, ...images.files];
}

function markOf({ slide, tags }: Cell): string {
  if (slide === "notes") return "**For the teacher**\n\n";
  if (tags.includes(cellTags.solution)) return "**Solution**\n\n";
  if (tags.includes(cellTags.hiddenTest)) return "**Hidden test**\n\n";
  return tags.includes(cellTags.exercise) ? "**Your turn**\n\n" : "";
}

function outputText(output: Shown, images: ImageFiles): string {
  switch (output.kind) {
    case "text":
      return output.text === "" ? "" : fenced("text", output.text);
    case "error":
      return fenced("text", output.trace === "" ? `${output.name}: ${output.value}` : output.trace);
    case "foreign":
      return output.text === "" ? "" : fenced("text", output.text);
    case "figure": {
      const path = output.picture === undefined ? undefined : images.add(output.picture.src);
      if (path !== undefined) {
        return `![${inBrackets(output.picture?.alt ?? "")}](${path})${stepsBelow(output)}`;
      }
      return output.mermaid === undefined
        ? fenced("text", output.text)
        : fenced("mermaid", output.mermaid);
    }
  }
}

/** The picture of a player is its last: what came before stands below it as text, folded. */
function stepsBelow({ frames, text }: ShownFigure): string {
  if (frames === undefined) return "";
  return `\n\n${folded(`All ${frames.length} pictures in words`, fenced("text", text))}`;
}

/** What code hosts show when a reader asks for it. */
function folded(summary: string, text: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

function inBrackets(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\[\]]/g, "\\$&");
}

/** The fence is longer than any run of backticks inside. */
function fenced(language: string, text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

const fencedBlock = /^(`{3,}|~{3,})[^]*?^\1/m;
const target = /(!?\[[^\]\n]*\]\()([^)\s]+)/g;

/** Links lead to the Markdown files of other notebooks, images to the files beside this one. */
function relinked(
  prose: string,
  attachments: Readonly<Record<string, string>>,
  beside: ReadonlyMap<string, string>,
  images: ImageFiles,
  edition: Edition,
): string {
  const code = fencedBlock.exec(prose);
  if (code !== null) {
    const end = code.index + code[0].length;
    const rest = relinked(prose.slice(end), attachments, beside, images, edition);
    return (
      relinked(prose.slice(0, code.index), attachments, beside, images, edition) + code[0] + rest
    );
  }
  return prose.replace(target, (whole, open: string, href: string) => {
    if (!open.startsWith("!")) {
      return (
        open +
        href.replace(
          /^((?:\.\/)?[\w.-]+)\.ipynb(#.*)?$/,
          (_, name: string, part = "") => `${fileStem(name, edition)}.md${String(part)}`,
        )
      );
    }
    const uri = attachments[href.replace(/^attachment:/, "")] ?? beside.get(href);
    const path = uri === undefined ? undefined : images.add(uri);
    return path === undefined ? whole : open + path;
  });
}

/** The format. */
export const md = eachNotebook((source, { edition }) => {
  const { cells } = cutEdition(toRead(source.notebook, edition), edition);
  return Promise.resolve(markdownFiles(source, cells, edition));
});
