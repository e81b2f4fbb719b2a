/** The field of a step player that finds steps by their words. */
import { textField } from "../../json.js";

/** What the field needs of its player. */
export interface SearchedPlayer {
  readonly frames: readonly unknown[];
  /** The number of the step that is shown. */
  readonly at: () => number;
  readonly move: (to: number) => void;
  /** Where it is said that nothing was found. */
  readonly status: HTMLElement;
}

/** Returns the field; Enter goes to the next step that says what stands in it, with Shift to the one before; Escape leaves it. */
export function searchField({ frames, at, move, status }: SearchedPlayer): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = "find a step";
  field.setAttribute(
    "aria-label",
    "Find a step: Enter for the next, Shift and Enter for the one before",
  );
  field.addEventListener("keydown", (event) => {
    // The arrow keys move in the text, not in the steps or slides.
    event.stopPropagation();
    if (event.key === "Escape") field.blur();
    if (event.key !== "Enter") return;
    event.preventDefault();
    const found = nextStep(frames, field.value, at(), event.shiftKey ? -1 : 1);
    if (found === null) return;
    if (found === undefined) status.textContent = `no step says "${field.value.trim()}"`;
    else move(found);
  });
  return field;
}

/**
 * Returns the next step, round the end, whose title or text has the words; undefined if none has, null if there
 * are no words.
 */
export function nextStep(
  frames: readonly unknown[],
  words: string,
  from: number,
  by: 1 | -1,
): number | null | undefined {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return null;
  const count = frames.length;
  const order = frames.map((_, i) => (from + by * (i + 1) + 2 * count) % count);
  return order.find((i) => {
    const frame = frames[i];
    const said = `${textField(frame, "title") ?? ""}\n${textField(frame, "text") ?? ""}`;
    return said.toLowerCase().includes(wanted);
  });
}
