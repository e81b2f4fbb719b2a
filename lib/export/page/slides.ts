/** The script of the slides: draws, divides what is too tall for one slide, then starts reveal.js. */
import Reveal from "reveal.js/dist/reveal.esm.js";
import Notes from "reveal.js/plugin/notes/notes.esm.js";
import { apart } from "./apart.js";
import { createFigures } from "./figures.js";
import { mountPlayer } from "./player.js";

/** The size of a slide in CSS pixels; reveal.js scales it to the screen. */
const width = 1280;
const height = 720;
/** The room for blocks: the slide without its margins. */
const room = height - 56;
/** What would have to be made smaller than this comes apart, if it is of more than one part. */
const readable = 0.75;
/** Smaller than this nobody in the last row reads a figure: what is taller still can be scrolled. */
const smallest = 0.6;

async function start(): Promise<void> {
  const deck = document.querySelector<HTMLElement>(".slides");
  if (deck === null) return;
  document.body.classList.add("lab-measuring");
  await createFigures().drawDiagrams(deck);
  for (const place of deck.querySelectorAll<HTMLElement>(".lab-player")) {
    if (mountPlayer(place)) {
      place.hidden = false;
      place.closest(".lab-figure")?.classList.add("lab-drawn");
    }
  }
  await Promise.allSettled([...deck.querySelectorAll("img")].map((image) => image.decode()));
  await document.fonts.ready;
  for (const slide of deck.querySelectorAll<HTMLElement>("section > section")) divide(slide);
  document.body.classList.remove("lab-measuring");

  const reveal = new Reveal({
    width,
    height,
    margin: 0.02,
    center: false,
    hash: true,
    slideNumber: "c/t",
    transition: matchMedia("(prefers-reduced-motion: reduce)").matches ? "none" : "slide",
    // A figure or an editor takes the arrow keys while it has the focus.
    keyboardCondition: () => document.activeElement?.closest(".lab-player, pre, input") === null,
    pdfSeparateFragments: false,
    plugins: [Notes],
  });
  await reveal.initialize();
}

/** Moves the blocks that do not fit to slides of their own, below this one. */
function divide(slide: HTMLElement): void {
  const blocks = [...slide.children]
    .filter((child): child is HTMLElement => child instanceof HTMLElement)
    .filter((child) => !child.matches("aside"))
    .flatMap((block) => (outerHeight(block) > room / readable ? apart(block, room) : [block]));
  const heading = headingOf(slide);
  let current = slide;
  let filled = 0;
  for (const block of blocks) {
    const tall = outerHeight(block);
    const headingOnly = filled > 0 && current.querySelectorAll(":scope > :not(aside)").length === 1;
    if (filled + tall > room && filled > 0 && !(headingOnly && filled + tall * smallest <= room)) {
      current = slideAfter(
        current,
        block.querySelector("h1, h2, h3") === null ? heading : undefined,
      );
      filled =
        current.firstElementChild instanceof HTMLElement
          ? outerHeight(current.firstElementChild)
          : 0;
      // What would stand alone need not be asked for.
      block.classList.remove("fragment");
    }
    if (current !== slide) current.append(block);
    fit(block, room - filled);
    filled += outerHeight(block);
  }
}

/** A slide without a heading goes on with what stands above it. */
function headingOf(slide: Element | null): string {
  if (slide === null) return "";
  const [heading] = slide.querySelectorAll("h1, h2, h3");
  return heading?.textContent ?? headingOf(slide.previousElementSibling);
}

/** Returns a new slide, which says what it continues unless its first block has a heading. */
function slideAfter(slide: HTMLElement, heading: string | undefined): HTMLElement {
  const next = document.createElement("section");
  if (heading !== undefined) {
    const continued = document.createElement("p");
    continued.className = "lab-continued";
    continued.textContent = heading === "" ? "continued" : `${heading}, continued`;
    next.append(continued);
  }
  slide.after(next);
  return next;
}

/** Makes a block that is too tall smaller, and lets it scroll where that would make it too small. */
function fit(block: HTMLElement, space: number): void {
  const tall = outerHeight(block);
  if (tall <= space) return;
  const factor = Math.max(smallest, Math.floor((space / tall) * 100) / 100);
  block.style.setProperty("zoom", String(factor));
  if (outerHeight(block) <= space) return;
  block.style.maxHeight = `${Math.floor(space / factor)}px`;
  block.style.overflow = "auto";
  block.tabIndex = 0;
}

function outerHeight(block: HTMLElement): number {
  const { marginTop, marginBottom } = getComputedStyle(block);
  return block.getBoundingClientRect().height + parseFloat(marginTop) + parseFloat(marginBottom);
}

void start();
