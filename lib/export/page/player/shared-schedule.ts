/**
 * A whole schedule in an address: `#schedule=`, with each step's title and what there is to see of it.
 *
 * It needs neither the notebook's outputs nor a run: a reader who opens the link sees what the sender saw, also
 * where the schedule came out of a cell that the sender had changed.
 */
import { fieldOf, textField } from "../../json.js";
import { scriptJson } from "../../../views/draw/markup.js";
import { packData, unpackData } from "../links/packed-data.js";

/** A schedule as a player shows it. */
export interface Schedule {
  readonly frames: readonly ScheduleFrame[];
  readonly step: number;
}

interface ScheduleFrame {
  readonly title: string;
  readonly text?: string;
  readonly svg?: string;
}

const mark = "#schedule=";

/**
 * Returns the address of a schedule, with pictures if they fit, else with the words of each step, else
 * with their titles; undefined where not even these fit.
 */
export function linkToSchedule(frames: readonly unknown[], step: number): string | undefined {
  const all = frames.map(readFrame);
  for (const keep of [
    (frame: ScheduleFrame) => frame,
    ({ title, text }: ScheduleFrame) => ({ title, text }),
    ({ title }: ScheduleFrame) => ({ title }),
  ]) {
    const packed = packData({ step, frames: all.map(keep) });
    if (packed !== undefined) return location.href.replace(/#.*$/, "") + mark + packed;
  }
  return undefined;
}

/** Returns the schedule in an address, undefined where it has none or a damaged one. */
export function scheduleIn(hash: string): Schedule | undefined {
  if (!hash.startsWith(mark)) return undefined;
  try {
    const data = unpackData(hash.slice(mark.length));
    const frames = fieldOf(data, "frames");
    const step = fieldOf(data, "step");
    if (!Array.isArray(frames) || frames.length === 0) return undefined;
    return { frames: frames.map(readFrame), step: Number.isInteger(step) ? Number(step) : 0 };
  } catch {
    return undefined;
  }
}

/** Puts a player of the schedule that the page's address has above the text; figures are drawn after that. */
export function showSharedSchedule(): void {
  if (!location.hash.startsWith(mark)) return;
  const section = document.createElement("section");
  section.className = "lab-shared-schedule";
  section.setAttribute("aria-label", "A schedule from a link");
  const words = document.createElement("p");
  section.append(words);
  document.querySelector("article")?.before(section);
  const schedule = scheduleIn(location.hash);
  if (schedule === undefined) {
    words.textContent = "The link held a schedule, and is damaged: was it copied whole?";
    return;
  }
  words.textContent = "Somebody sent you this schedule; nothing has run here.";
  const place = document.createElement("div");
  place.className = "lab-player";
  place.innerHTML = `<script type="application/json">${scriptJson(schedule.frames)}</script>`;
  place.dataset["step"] = String(schedule.step);
  section.append(place);
}

function readFrame(data: unknown): ScheduleFrame {
  const [text, svg] = [textField(data, "text"), textField(data, "svg")];
  return {
    title: textField(data, "title") ?? "",
    ...(text === undefined ? {} : { text }),
    ...(svg === undefined ? {} : { svg }),
  };
}
