/** Takes a version out of the page and into it: a link, a notebook, a page to read. */
import { figureStyles } from "../../../outputs/figure-styles.js";
import sheet from "../../styles/page.css";
import { copyText } from "../../controls/copy.js";
import type { LiveCell } from "../cell/cell.js";
import type { Notice } from "../notice.js";
import { readSaved, savedNotebook, savedPage } from "./saved-file.js";
import { packLink } from "./shared-link.js";
import type { Versions } from "./versions.js";

/** What is handed in. */
export interface HandIn {
  /** The notebook and its edition. */
  readonly page: string;
  /** The notebook's file, without its outputs. */
  readonly notebook: unknown;
  readonly cells: readonly LiveCell[];
  readonly versions: Versions;
  readonly notice: Notice;
}

/** Makes the page's buttons work that hand a version in, share it and load one again. */
export function installHandIn({ page, notebook, cells, versions, notice }: HandIn): void {
  const name = page.replace(/\.[^.]*$/, "");
  const saved = (): string =>
    savedNotebook(
      notebook,
      page,
      cells.map((cell) => ({
        id: cell.data.id,
        source: cell.source(),
        original: cell.data.source,
        outputs: cell.sent(),
      })),
    );
  onClick("#lab-save-notebook", () => {
    download(`${name}.mine.ipynb`, "application/x-ipynb+json", saved());
    notice.say(`${name}.mine.ipynb is saved: hand it in, or run it in JupyterLab.`);
  });
  onClick("#lab-save-page", () => {
    const text = savedPage(document.title, figureStyles() + sheet, articleText(cells), saved());
    download(`${name}.mine.html`, "text/html", text);
    notice.say(`${name}.mine.html is saved: hand it in, or open it here again.`);
  });
  onClick("#lab-share", () => {
    const hash = packLink(page, versions.now());
    if (hash === undefined) {
      notice.say("Your version is too long for a link: save it as a notebook and send the file.");
      return;
    }
    void copy(location.href.replace(/#.*$/, "") + hash, notice);
  });
  const file = document.querySelector<HTMLInputElement>("#lab-open");
  file?.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen === undefined) return;
    void chosen.text().then((text) => {
      file.value = "";
      const sources = readSaved(page, text);
      if (typeof sources === "string") notice.say(sources);
      else versions.open(sources, chosen.name);
    });
  });
}

/** Copies the link; where the browser does not let a page do that, shows it. */
async function copy(link: string, notice: Notice): Promise<void> {
  if (await copyText(link)) {
    notice.say("The link to your version is copied.");
    return;
  }
  const field = document.querySelector<HTMLInputElement>("#lab-link");
  if (field === null) return;
  field.hidden = false;
  field.value = link;
  field.select();
  notice.say("This is the link to your version: copy it.");
}

/** The article as it is now, without anything that only a live page has. */
function articleText(cells: readonly LiveCell[]): string {
  const article = document.importNode(document.querySelector("article") ?? document.body, true);
  for (const { data, source } of cells) {
    const place = article.querySelector(`#${CSS.escape(data.id)} .lab-code`);
    const text = document.createElement("pre");
    text.textContent = source();
    place?.replaceChildren(text);
  }
  for (const still of article.querySelectorAll(".lab-drawn")) still.classList.remove("lab-drawn");
  const onlyLive =
    "script, button, .lab-anchor, .lab-player, .lab-plotly, .lab-as-diagram, .lab-status, .lab-stale-note, .lab-problems";
  for (const one of article.querySelectorAll(onlyLive)) one.remove();
  return `<main>${article.outerHTML}</main>`;
}

function download(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob([text], { type }));
  link.href = address;
  link.download = name;
  link.click();
  // The browser has to have begun before the address goes.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
}

function onClick(selector: string, act: () => void): void {
  document.querySelector(selector)?.addEventListener("click", act);
}
