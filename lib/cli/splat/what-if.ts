/** `lab what-if`: which circles remain when an edge is cut or a class is split. */
import { writeFileSync } from "node:fs";
import { otherPastes } from "../../splat/others/named.js";
import { splitNamed } from "../../splat/order/change.js";
import { readOrder, type OrderText } from "../../splat/read-order.js";
import { whatIfJson } from "../../splat/order/json.js";
import { selected } from "../../splat/order/select.js";
import { whatIfText } from "../../splat/order/text.js";
import { whatIf } from "../../splat/order/what-if.js";
import { orderGraph } from "../../views/graphs/order-graph.js";
import { FileError } from "../frame/file-error.js";
import { countOption } from "../frame/options.js";
import { UsageError, type Register } from "../frame/program.js";
import { inputsOf } from "./splat-inputs.js";

interface Options {
  readonly cut: readonly string[];
  readonly split: readonly string[];
  readonly keep: readonly string[];
  readonly only: readonly string[];
  readonly but: readonly string[];
  readonly near?: string;
  readonly depth?: number;
  readonly draw?: string;
  readonly most: number;
  readonly circles: number;
  readonly length: number;
  readonly json?: boolean;
}

const notes = `
Edges are written as they are printed, with blanks: --cut '&a->lock -> &b->lock'. A part of a name is
enough where only one class has it.

--split 'CLASS@WHERE' gives what is taken in a function, or while another class is held, a class of its
own; --split CLASS asks for the most that a split can do: nothing leads through the class any more.

The files are logs and mails with reports, and a machine's own order, read as root:
  cat /proc/lockdep > order; cat /proc/lockdep_chains > chains
A report together with them shows the circles that lie behind the one that was reported.

Exit status: 0 when an order was read, whatever the answer is; 1 when none was, a file could not be read
or a class or edge that is named is not there; 2 when an option is wrong.`;

const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];

/** Registers `what-if`. */
export const registerWhatIf: Register = (program) => {
  program
    .command("what-if")
    .description("cut an edge or split a class: which circles remain, and what is the smallest cut")
    .argument("[file...]", "reports, /proc/lockdep, /proc/lockdep_chains; or standard input")
    .option("--cut <edge>", "without the edge `a -> b`; may be repeated", collect, [])
    .option("--split <class[@where]>", "with a class of its own; may be repeated", collect, [])
    .option("--keep <edge>", "an edge that no cut may have; may be repeated", collect, [])
    .option("--only <text>", "classes with this in their name; may be repeated", collect, [])
    .option("--but <text>", "without classes with this in their name; may be repeated", collect, [])
    .option("--near <class>", "the neighbourhood of a class only")
    .option("--depth <n>", "edges from it, with --near; 1 unless told", countOption(1, 100))
    .option("--draw <file>", "write the order that is left as an SVG file")
    .option("--most <n>", "classes drawn at most", countOption(2, 400), 60)
    .option("--circles <n>", "circles looked for at most", countOption(1, 100_000), 200)
    .option("--length <n>", "edges of a circle at most", countOption(1, 64), 12)
    .option("--json", "the answer as JSON")
    .addHelpText("after", notes)
    .action(answer);
};

async function answer(files: string[], options: Options): Promise<void> {
  if (options.depth !== undefined && options.near === undefined) {
    throw new UsageError("--depth says how far from the class of --near; name that too");
  }
  const texts: OrderText[] = [];
  for await (const { file, text } of inputsOf(files)) texts.push({ name: file, text });
  const { graph: whole, notes: said } = readOrder(texts);
  for (const note of said) process.stderr.write(`${note}\n`);
  if (whole.edges.length === 0) throw new FileError(whyNone(texts));
  const { only, but, near, depth } = options;
  const graph = selected(whole, {
    only,
    but,
    ...(near === undefined ? {} : { near }),
    ...(depth === undefined ? {} : { depth }),
  });
  const { cut, split, keep, circles, length } = options;
  const result = whatIf(graph, {
    cut,
    split: split.map(splitNamed),
    keep,
    bounds: { most: circles, length },
  });
  const changes = [
    ...cut.map((edge) => `cutting ${edge}`),
    ...split.map((one) => `splitting ${one}`),
  ];
  if (options.json === true) {
    const shown = { changes, ...whatIfJson(result) };
    process.stdout.write(`${JSON.stringify(shown)}\n`);
  } else process.stdout.write(whatIfText(result, changes));
  if (options.draw !== undefined) await draw(options.draw, result.graph, options.most);
}

async function draw(
  path: string,
  graph: Parameters<typeof orderGraph>[0],
  most: number,
): Promise<void> {
  const { svg } = await orderGraph(graph, { most });
  try {
    writeFileSync(path, svg);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FileError(`${path}: cannot be written (${why}); name a file of your own`);
  }
  process.stderr.write(`${path} written\n`);
}

function whyNone(texts: readonly OrderText[]): string {
  const names = texts.length === 0 ? "nothing was read" : texts.map(({ name }) => name).join(", ");
  const other = texts.flatMap(({ text }) => otherPastes(text))[0];
  const hint = other === undefined ? "" : `; line ${other.line} is of ${other.what}`;
  return (
    `${names}: no order between locks was read${hint}; give logs with circular, recursive or ` +
    "interrupt reports, or /proc/lockdep"
  );
}
