/** A step player: forward, back, scrub, with buttons, a slider and the arrow keys. */
import { fieldOf, textField } from "../../json.js";
import { base64 } from "../../../views/draw/markup.js";
import { copyButton } from "../controls/copy.js";
import { linkedStep, linkToStep } from "./linked-step.js";
import { linkToSchedule } from "./shared-schedule.js";
import { searchField } from "./search.js";
import { inlineSvg } from "../../outputs/inline-figure.js";

/**
 * Builds the player from the data inside `place`; returns whether there was any.
 *
 * @param prepare what becomes of each drawing in its place
 */
export function mountPlayer(
  place: HTMLElement,
  prepare: (drawing: SVGSVGElement) => void = () => undefined,
): boolean {
  if (place.dataset["mounted"] === "yes") return true;
  const data: unknown = JSON.parse(place.querySelector("script")?.textContent ?? "null");
  if (!Array.isArray(data) || data.length === 0) return false;
  const frames: readonly unknown[] = data;
  place.dataset["mounted"] = "yes";

  const title = element("p", "lab-player-title");
  title.setAttribute("aria-live", "polite");
  const picture = element("div", "lab-player-picture");
  const text = element("pre", "lab-text");
  text.tabIndex = 0;
  const slider = element("input", "");
  Object.assign(slider, { type: "range", min: "0", max: String(frames.length - 1), value: "0" });
  slider.setAttribute("aria-label", "Step");
  let shown = "";
  const move = (to: number): void => {
    const at = Math.max(0, Math.min(frames.length - 1, to));
    const frame = frames[at];
    const name = textField(frame, "title") ?? "";
    const svg = pictureFor(picture.clientWidth, frame);
    shown = svg;
    title.textContent = `${at} of ${frames.length - 1}: ${name}`;
    show(picture, svg, name);
    const drawing = picture.querySelector("svg");
    if (drawing !== null) prepare(drawing);
    text.textContent = textField(frame, "text") ?? "";
    text.hidden = fieldOf(frame, "text") === undefined || svg !== "";
    slider.value = String(at);
    slider.setAttribute("aria-valuetext", title.textContent);
  };
  slider.addEventListener("input", () => {
    move(Number(slider.value));
  });
  const button = (label: string, sign: string, to: () => number): HTMLButtonElement => {
    const made = element("button", "");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => {
      move(to());
    });
    return made;
  };
  const bar = element("div", "lab-player-bar");
  bar.append(
    button("First step", "|◀", () => 0),
    button("One step back", "◀", () => Number(slider.value) - 1),
    slider,
    button("One step forward", "▶", () => Number(slider.value) + 1),
    button("Last step", "▶|", () => frames.length - 1),
    searchField({ frames, at: () => Number(slider.value), move, status: title }),
  );
  if (linkToStep(place, 0) !== undefined) {
    const step = (): number => Number(slider.value);
    bar.append(
      copyButton("Copy a link to this step", () => linkToStep(place, step()) ?? ""),
      copyButton(
        "Copy all of the schedule as a link",
        () => linkToSchedule(frames, step()) ?? "",
        "Copy all",
      ),
    );
  }
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", "Step player");
  place.append(bar, title, picture, text);
  move(linkedStep(place));
  new ResizeObserver(() => {
    // A place that is not on the screen has no width: what was prepared there stays.
    const at = Number(slider.value);
    const room = picture.clientWidth;
    if (room > 0 && pictureFor(room, frames[at]) !== shown) move(at);
  }).observe(picture);
  return true;
}

/** Returns a frame's picture: the one for a narrow page, where it has one and the other is wider than the room. */
function pictureFor(room: number, frame: unknown): string {
  const svg = textField(frame, "svg") ?? "";
  const width = Number(/^<svg [^>]*?width="([\d.]+)"/.exec(svg)?.[1] ?? 0);
  return width > room && room > 0 ? (textField(frame, "narrow") ?? svg) : svg;
}

/** Puts a frame into the page: the lab's own as a drawing, any other as an image. */
function show(place: HTMLElement, svg: string, name: string): void {
  const drawing = inlineSvg(svg);
  if (drawing !== undefined) {
    place.innerHTML = drawing;
    return;
  }
  place.replaceChildren();
  if (svg === "") return;
  const image = element("img", "");
  image.src = `data:image/svg+xml;base64,${base64(svg)}`;
  image.alt = name;
  place.append(image);
}

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  return made;
}
