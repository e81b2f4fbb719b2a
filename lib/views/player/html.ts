/**
 * The step player as a fragment of HTML: buttons, a slider and the keyboard move through pictures.
 *
 * It stands right after the figure's image and hides it when its script runs; the fragment asks for
 * nothing from any network.
 */
import type { Frame } from "../draw/packed-frames.js";
import { escapeMarkup, scriptJson } from "../draw/markup.js";
import { packFrames } from "../draw/packed-frames.js";
import { paintProgram } from "../draw/inline-script.js";

const buttonStyle =
  "font:inherit;min-width:2.6em;padding:.3em .6em;cursor:pointer;border:1px solid #8a94a6;" +
  "border-radius:6px;background:transparent;color:inherit";

const buttons: readonly (readonly [move: string, sign: string, name: string])[] = [
  ["first", "|◀", "first step"],
  ["back", "◀", "one step back"],
  ["play", "play", "play or pause"],
  ["next", "▶", "one step forward"],
  ["last", "▶|", "last step"],
];

// Runs in the page. Its root is the element that holds it; the figure's own image stands before it
// and goes by its style: JupyterLab's style sheet shows images that are `hidden`. The controls are made
// here: where a front end strips scripts, and with them `hidden`, no dead button is left.
const program = `
const root = document.currentScript.parentElement;
root.insertAdjacentHTML("afterbegin", controls);
root.tabIndex = 0;
const still = root.previousElementSibling;
const find = (part) => root.querySelector('[data-part="' + part + '"]');
const [picture, slider, title, play] = ["picture", "slider", "title", "play"].map(find);
const last = frames.length - 1;
let at = 0, timer = 0;
function show(step) {
  at = Math.max(0, Math.min(last, step));
  draw();
  slider.value = String(at);
  slider.setAttribute("aria-valuetext", "step " + at + " of " + last + ": " + frames[at].title);
  title.textContent = "step " + at + " of " + last;
}
function draw() {
  const frame = frames[at];
  const drawn = (svg) => svg.map((i) => parts[i]).join("");
  const whole = drawn(frame.svg);
  const isNarrow = frame.narrow && picture.clientWidth < Number(/ width="([\\d.]+)"/.exec(whole)[1]);
  paint(picture, isNarrow ? drawn(frame.narrow) : whole);
  picture.setAttribute("aria-label", frame.title + "\\n" + frame.text);
}
function stop() {
  clearInterval(timer);
  timer = 0;
  play.textContent = "play";
}
function start() {
  if (at === last) show(0);
  play.textContent = "pause";
  timer = setInterval(() => (at < last && root.isConnected ? show(at + 1) : stop()), 1000);
}
const moves = {
  first: () => show(0),
  back: () => show(at - 1),
  play: () => (timer ? stop() : start()),
  next: () => show(at + 1),
  last: () => show(last),
};
function move(name) {
  if (name !== "play") stop();
  moves[name]();
}
for (const name of Object.keys(moves)) find(name).addEventListener("click", () => move(name));
slider.addEventListener("input", () => { stop(); show(Number(slider.value)); });
// The next step, round the end, that says what is looked for.
const search = find("search");
search.addEventListener("keydown", (event) => {
  event.stopPropagation();
  if (event.key !== "Enter") return;
  event.preventDefault();
  stop();
  const wanted = search.value.trim().toLowerCase();
  const ways = frames.map((_, i) => (at + (event.shiftKey ? -1 : 1) * (i + 1) + 2 * frames.length) % frames.length);
  const found = ways.find((i) => (frames[i].title + "\\n" + frames[i].text).toLowerCase().includes(wanted));
  if (wanted === "") return;
  if (found === undefined) title.textContent = "no step says that";
  else show(found);
});
const keys = { ArrowLeft: "back", ArrowRight: "next", Home: "first", End: "last", " ": "play" };
root.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    event.stopPropagation();
    search.focus();
    return;
  }
  const name = keys[event.key];
  if (name === undefined) return;
  if (event.key === " " && event.target.tagName === "BUTTON") return;
  event.preventDefault();
  event.stopPropagation();
  move(name);
});
root.hidden = false;
if (still && still.tagName === "IMG") still.style.display = "none";
show(0);
follow(draw, picture);
// A panel that opens beside it leaves less room.
let room = picture.clientWidth;
new ResizeObserver(() => {
  if (picture.clientWidth === room) return;
  room = picture.clientWidth;
  draw();
}).observe(picture);
`;

/**
 * Returns the player of the frames.
 *
 * @param frames one for each step, the start first; at least one.
 * @param name what a screen reader calls the player.
 */
export function playerHtml(frames: readonly Frame[], name: string): string {
  const row = buttons
    .map(
      ([move, sign, title]) =>
        `<button type="button" data-part="${move}" aria-label="${title}" title="${title}" style="${buttonStyle}">${sign}</button>`,
    )
    .join("");
  const controls = [
    `<div style="display:flex;flex-wrap:wrap;gap:6px;align-items:center;margin:4px 0">${row}`,
    `<input type="range" data-part="slider" min="0" max="${frames.length - 1}" value="0" aria-label="step" style="flex:1;min-width:160px">`,
    `<span data-part="title" aria-live="polite" style="min-width:8em;font-variant-numeric:tabular-nums"></span>`,
    `<input type="search" data-part="search" placeholder="find a step" aria-label="find a step: Enter for the next, Shift and Enter for the one before" style="font:inherit;width:9em;padding:.3em .5em;border:1px solid #8a94a6;border-radius:6px;background:transparent;color:inherit"></div>`,
    `<div data-part="picture" role="img"></div>`,
  ].join("");
  return [
    `<div hidden role="group" data-lm-suppress-shortcuts="true" aria-label="${escapeMarkup(name)}" class="lab-player" style="max-width:920px">`,
    `<script>(()=>{const controls=${scriptJson(controls)};`,
    `const {parts,frames}=${scriptJson(packFrames(frames))};${paintProgram}${program}})()</script></div>`,
  ].join("");
}
