/** What a step player plays, as a list: paper has no buttons. */
import { textField } from "../../json.js";

/** Puts the steps of each player below its cell. */
export function listSteps(root: ParentNode): void {
  for (const player of root.querySelectorAll<HTMLElement>(".lab-player")) {
    const data: unknown = JSON.parse(player.querySelector("script")?.textContent ?? "null");
    if (!Array.isArray(data)) continue;
    const list = document.createElement("ol");
    list.className = "lab-steps";
    list.start = 0;
    list.append(
      ...data.map((frame: unknown) => {
        const step = document.createElement("li");
        step.textContent = textField(frame, "title") ?? "";
        return step;
      }),
    );
    (player.closest(".lab-cell") ?? player.closest(".lab-figure"))?.after(list);
  }
}
