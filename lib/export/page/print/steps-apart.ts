/** A timeline on paper: its lanes are a drawing, the steps in words below them a list that pages may tear. */

/** A drawing lower than this part of a page finds its place whole. */
const tallDrawing = 0.35;
/** A list of fewer lines stays with its lanes. */
const fewLines = 8;

/**
 * Puts a list in the place of the steps with which tall drawings end; what stands below them is a drawing again.
 *
 * @param height of a page's text, in CSS pixels
 */
export function takeStepsApart(height: number): void {
  for (const drawing of document.querySelectorAll<SVGSVGElement>(".lab-still > svg")) {
    if (drawing.getBoundingClientRect().height < height * tallDrawing) continue;
    const list = [...drawing.querySelectorAll<SVGGElement>("g")].find(isList);
    if (list !== undefined) cutAbove(drawing, list);
  }
}

function isList(group: SVGGElement): boolean {
  const lines = [...group.children];
  return (
    lines.length >= fewLines &&
    lines.every((line) => line.localName === "text") &&
    /^1\s/.test(lines[0]?.textContent ?? "")
  );
}

function cutAbove(drawing: SVGSVGElement, list: SVGGElement): void {
  const { x, y, width, height } = drawing.viewBox.baseVal;
  const place = drawing.getBoundingClientRect();
  const inDrawing = (at: number): number => ((at - place.top) * height) / place.height;
  const { top, bottom } = list.getBoundingClientRect();
  const below = document.importNode(drawing, true);
  const show = (svg: SVGSVGElement, from: number, to: number): void => {
    svg.setAttribute("viewBox", `${x} ${y + from} ${width} ${to - from}`);
    svg.setAttribute("height", String(to - from));
  };
  const steps = stepsOf(list);
  show(drawing, 0, inDrawing(top) - 4);
  show(below, inDrawing(bottom) + 2, height);
  below.setAttribute("aria-label", "How it ends");
  drawing.after(steps, below);
  drawing.closest(".lab-cell")?.classList.add("lab-apart");
}

/** The lines of the list as steps: one that begins with no number goes on with the step above it. */
function stepsOf(list: SVGGElement): HTMLElement {
  const steps = document.createElement("ol");
  steps.className = "lab-steps lab-steps-small";
  for (const line of list.children) {
    const text = line.textContent.trim();
    const [, number, words] = /^(\d+)\s+(.*)$/.exec(text) ?? [];
    const last = steps.lastElementChild;
    if (Number(number) === steps.childElementCount + 1 || last === null) {
      const step = document.createElement("li");
      step.textContent = words ?? text;
      steps.append(step);
    } else last.textContent += ` ${text}`;
  }
  return steps;
}
