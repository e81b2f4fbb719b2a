/** The page with which a course begins: what there is, in which order, for how long. */
import { escapeMarkup } from "../../views/draw/markup.js";
import { fileStem } from "../source/edition.js";
import { notebookNumber } from "../source/notebook-number.js";
import type { Job, Source } from "../format.js";
import { renderPage, type Asset } from "../document/page.js";
import { minutesOf } from "../teaching/notes.js";

/** What the archive has of each notebook. */
export interface StartPageParts {
  readonly handouts: boolean;
  readonly teacher: boolean;
  /** The name of the lab's tarball, where npm made one. */
  readonly lab: string | undefined;
  /** Where the project is to be found, if it says so. */
  readonly address?: string;
}

/** Returns the page. */
export async function startPage(job: Job, parts: StartPageParts): Promise<string> {
  const total = job.sources.reduce((sum, { teaching }) => sum + minutes(teaching), 0);
  const title = "lockdep-lab: the course";
  const inline = (text: string): Asset => ({ kind: "inline", text });
  return renderPage({
    title,
    description: "A course about a false positive of lockdep: notebooks, slides, handouts, a book",
    body:
      `<header class="lab-bar"><div class="lab-bar-links"></div>` +
      `<button type="button" class="lab-theme" hidden>Dark</button></header>\n` +
      `<div class="lab-columns"><main id="lab-main" tabindex="-1"><h1>${title}</h1>` +
      `<p>${job.sources.length} notebooks${total === 0 ? "" : `, about ${total} minutes in a class`}. ` +
      `Each is here to read, to run in the browser alone (<a href="book/index.html">the book</a>), ` +
      `and as a notebook: <code>cd lab</code>, then <code>npm start</code>.</p>` +
      `<ol class="lab-pages">${job.sources.map((source) => entry(source, parts)).join("")}</ol>` +
      `<p><a href="README.md">What is where</a> · <a href="LICENSE">Licence</a>${project(parts)}</p>` +
      `</main></div>\n<footer class="lab-footer">Made with lockdep-lab</footer>\n`,
    styles: [inline(await job.bundles.styles("page", "book"))],
    scripts: [inline(await job.bundles.program("static"))],
  });
}

const minutes = (teaching: Source["teaching"]): number =>
  teaching === undefined ? 0 : minutesOf(teaching);

function entry({ notebook, teaching }: Source, parts: StartPageParts): string {
  const { name, title } = notebook;
  const number = notebookNumber(name);
  const link = (path: string, text: string): string =>
    `<li><a href="${escapeMarkup(encodeURI(path))}">${text}</a></li>`;
  const own = fileStem(name, "teacher");
  const links = [
    link(`book/${name}.html`, "run it in the browser"),
    link(`pages/${name}.html`, "read it"),
    link(`slides/${name}.slides.html`, "slides"),
    ...(parts.handouts ? [link(`handouts/${name}.pdf`, "handout")] : []),
    link(`lab/notebooks/${name}.ipynb`, "notebook"),
    ...(parts.teacher
      ? [
          link(`teacher/pages/${own}.html`, "with solutions"),
          link(`teacher/slides/${own}.slides.html`, "slides with notes"),
        ]
      : []),
  ];
  const plan =
    teaching === undefined
      ? ""
      : `<p>Afterwards you can ${escapeMarkup(teaching.goal)}</p>` +
        `<p class="lab-plan">Needs: ${escapeMarkup(teaching.needs)} About ${minutesOf(teaching)} minutes.</p>`;
  const heading = number === undefined ? title : `${number} ${title}`;
  return `<li><h2>${escapeMarkup(heading)}</h2>${plan}<ul>${links.join("")}</ul></li>\n`;
}

const project = ({ address }: StartPageParts): string =>
  address === undefined
    ? ""
    : ` · <a class="lab-external" href="${escapeMarkup(address)}">The project</a>`;
