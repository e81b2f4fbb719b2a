/** One notebook that holds everything an export must cope with. */
import { palette } from "../../lib/views/draw/palette.js";
import { code, display, notebookText, prose, stdout } from "./notebooks.js";

/** Markup that must never run, nor break a page. */
export const hostile = `</script><script>globalThis.pwned=1</script><img src=x onerror="globalThis.pwned=1">`;

const svg = (label: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="80" viewBox="0 0 240 80"><style>` +
  `.i{fill:#1b2330}.c{fill:#fff}@media (prefers-color-scheme:dark){.i{fill:#e8edf5}.c{fill:#161b24}}</style>` +
  `<rect class="c" width="240" height="80"/><text class="i" x="12" y="45">${label}</text></svg>`;

/** Returns a figure's HTML as the lab's `show` sends it. */
export function imageHtml(label: string, alt: string): string {
  const data = Buffer.from(svg(label)).toString("base64");
  return `<img src="data:image/svg+xml;base64,${data}" alt="${alt}" width="240" style="max-width:100%">`;
}

const plotly = {
  data: [{ type: "bar", x: ["m0", "m1"], y: [3, 5], marker: { color: palette.light.blueWash } }],
  layout: { title: { text: "Steps" }, height: 300 },
  config: {},
};

/** The answer that no student's file may hold. */
export const secret = "const answerOfTheTeacher = 6 * 7; // the trick is to see it";

/** The notebook's text. */
export const fixture = notebookText([
  prose(
    "# Fixture of *everything*\n\nProse with `code`, maths $a^2 + b^2$, a [link](02-next.ipynb#part) and [out](https://example.org/).\n\n$$\\sum_i i$$",
    { slideshow: { slide_type: "slide" } },
  ),
  prose(
    "## A table\n\n| lock | class |\n|---|---|\n| `&rq->__lock` | 1 |\n| `&p->pi_lock` | 2 |\n",
    {
      slideshow: { slide_type: "subslide" },
    },
  ),
  code("interface Point { readonly x: number }\nconst point: Point = { x: 1 };\npoint", [
    stdout("{ x: 1 }\n"),
  ]),
  code(
    "const later: number = await Promise.resolve(41);\nconsole.log(later, [1, { a: 2 }]);\nlater + 1",
    [stdout("41 [ 1, { a: 2 } ]\n42\n")],
  ),
  prose("### Diagrams\n\n```mermaid\nsequenceDiagram\n  CPU0->>CPU1: IPI\n```\n", {
    slideshow: { slide_type: "fragment" },
  }),
  code("point.x + 1", [
    display({
      "text/plain": "the graph as text",
      "text/html": imageHtml("graph", "a lock graph: A then B"),
    }),
    display({
      "text/plain": "bars",
      "text/html": imageHtml("bars", "bars"),
      "application/vnd.plotly.v1+json": plotly,
    }),
    display({
      "text/plain": "flow",
      "text/html": imageHtml("flow", "flow"),
      "text/vnd.mermaid": "flowchart LR\n  a[one] --> b[two]",
    }),
    display({
      "text/plain": "steps",
      "text/html": imageHtml("steps", "steps") + "<script>1</script>",
      "application/vnd.lockdep-lab.frames+json": {
        frames: [
          { title: "start", svg: svg("start"), text: "start" },
          { title: "CPU0 locks", svg: svg("locks"), text: "locks" },
        ],
      },
    }),
  ]),
  prose(
    `## Hostile ${hostile}\n\n${hostile}\n\n[x](javascript:globalThis.pwned=1) ![y](javascript:1)`,
  ),
  code(`const text = ${JSON.stringify(hostile)};\ntext`, [
    stdout(hostile),
    display({ "text/plain": hostile, "text/html": hostile }),
    display({
      "text/plain": hostile,
      "text/html": `<img src="data:image/svg+xml;base64,AAAA" alt="&quot;&gt;${hostile.replace(/[<>"]/g, "")}">`,
    }),
    {
      output_type: "error",
      ename: "Error",
      evalue: hostile,
      traceback: [`\u001b[31m${hostile}\u001b[0m`],
    },
  ]),
  prose("## Exercise\n\nFind the answer.", { slideshow: { slide_type: "slide" } }),
  code("let answer = 0; // change this", [], { tags: ["exercise"] }),
  prose("The answer, explained at length: multiply.", { tags: ["solution"] }),
  code(secret, [stdout("secret output 42\n")], { tags: ["solution"] }),
  code("if (answer !== 42) throw new Error('hidden check of the answer');", [], {
    tags: ["hidden-test"],
    answer: secret,
  }),
  code("for (;;) {}", [], { tags: ["long"] }),
  prose("Notes for the teacher.", { slideshow: { slide_type: "notes" } }),
  prose("Not on a slide.", { slideshow: { slide_type: "skip" } }),
]);
