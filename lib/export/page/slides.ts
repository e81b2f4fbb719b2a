/** The script of the slides: draws, lays out, then starts reveal.js. */
import Reveal from "reveal.js/dist/reveal.esm.js";
import Notes from "reveal.js/plugin/notes/notes.esm.js";
import { createFigures } from "./figures.js";
import { mountPlayer } from "./player/player.js";
import { enlarge, enlargeOne, type Still } from "./slides/enlarge.js";
import { installKeys, isForDeck } from "./slides/keys.js";
import { layOut, leadsOn } from "./slides/layout.js";
import { shortenLines } from "./slides/long-lines.js";
import { outerHeight } from "./measure/outer-height.js";
import { figureRoom, room, slide } from "./slides/size.js";
import { installTheme } from "./theme.js";

/** The buttons and the title of a player. */
const playerControls = 110;
/** What a figure has around it. */
const figureEdges = 70;
/** A figure in less height than this is better on a slide of its own. */
const least = 330;

async function start(): Promise<void> {
  const deck = document.querySelector<HTMLElement>(".slides");
  if (deck === null) return;
  installTheme();
  document.body.classList.add("lab-measuring");
  await createFigures().drawDiagrams(deck);
  for (const place of deck.querySelectorAll<HTMLElement>(".lab-player")) mount(place);
  await imagesDecoded(deck);
  for (const still of deck.querySelectorAll<Still>(".lab-still > img, .lab-still > svg")) {
    const figure = still.closest<HTMLElement>(".lab-figure");
    if (figure !== null && !figure.classList.contains("lab-drawn")) divideFigure(figure, still);
  }
  await imagesDecoded(deck);
  await document.fonts.ready;
  shortenLines(deck);
  for (const one of [...deck.querySelectorAll<HTMLElement>("section > section")]) {
    answerLater(one);
    layOut(one);
  }
  document.body.classList.remove("lab-measuring");

  const reveal = new Reveal({
    ...slide,
    margin: 0,
    center: false,
    hash: true,
    slideNumber: "c/t",
    transition: matchMedia("(prefers-reduced-motion: reduce)").matches ? "none" : "slide",
    keyboardCondition: isForDeck,
    pdfSeparateFragments: false,
    plugins: [Notes],
  });
  await reveal.initialize();
  installKeys(deck);
}

async function imagesDecoded(deck: HTMLElement): Promise<void> {
  await Promise.allSettled([...deck.querySelectorAll("img")].map((image) => image.decode()));
}

function mount(place: HTMLElement): void {
  // What is hidden has no extent: a drawing is measured in its place.
  place.hidden = false;
  const mounted = mountPlayer(place, (drawing) => {
    enlargeOne(drawing, figureRoom.alone - playerControls);
  });
  place.hidden = !mounted;
  if (!mounted) return;
  place.closest(".lab-figure")?.classList.add("lab-drawn");
}

/** Returns what is left of a slide's height below the words and the code that a figure stands with. */
function heightFor(figure: HTMLElement): number {
  const block = figure.closest<HTMLElement>(".lab-block");
  const lead = block?.previousElementSibling;
  const code = block?.querySelector<HTMLElement>(".lab-code");
  const above =
    (lead instanceof HTMLElement && leadsOn(lead) ? outerHeight(lead) : 0) +
    (lead?.querySelector("h1, h2, h3") == null ? 60 : 0) +
    (code == null ? 0 : outerHeight(code)) +
    figureEdges;
  return Math.max(least, Math.min(figureRoom.height, room.height - above));
}

/** Whether words lead to the figure that would stand without it, with nothing behind their colon. */
function isLedTo(figure: HTMLElement): boolean {
  const block = figure.closest<HTMLElement>(".lab-block");
  const lead = block?.previousElementSibling;
  if (block?.querySelector(".lab-code") != null) return false;
  return lead instanceof HTMLElement && leadsOn(lead);
}

/** The figure, in as many figures as it takes to read it. */
function divideFigure(figure: HTMLElement, still: Still): void {
  const place = still.parentElement;
  const rooms = [heightFor(figure), figureRoom.height];
  if (!isLedTo(figure)) rooms.push(figureRoom.alone);
  const [first, ...further] = enlarge(still, rooms);
  if (first === undefined || place === null) return;
  place.replaceChildren(first);
  figure.after(
    ...further.map((part) => {
      const made = document.createElement("figure");
      made.className = "lab-figure";
      made.append(part);
      return made;
    }),
  );
}

/** What answers a question is shown when the room has had time to think. */
function answerLater(section: HTMLElement): void {
  const blocks = [...section.querySelectorAll<HTMLElement>(":scope > .lab-block")];
  for (const [at, block] of blocks.entries()) {
    const asks = leadsOn(block) && block.textContent.trim().endsWith("?");
    const answer = asks ? blocks[at + 1] : undefined;
    const output = answer?.querySelector<HTMLElement>(".lab-code + .lab-output:not(:empty)");
    (output ?? answer)?.classList.add("fragment");
  }
}

void start();
