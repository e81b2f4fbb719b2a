/** A timeline on paper: its lanes in one piece, the steps in words below them in another. */

/** A drawing lower than this part of a page finds its place whole. */
const tallDrawing = 0.35;
/** A list of fewer lines stays with its lanes. */
const fewLines = 8;

/**
 * Cuts tall drawings above the list of steps that they end with, so that a page may end between.
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
  const cut = ((list.getBoundingClientRect().top - place.top) * height) / place.height - 4;
  const below = document.importNode(drawing, true);
  const show = (svg: SVGSVGElement, from: number, to: number): void => {
    svg.setAttribute("viewBox", `${x} ${y + from} ${width} ${to - from}`);
    svg.setAttribute("height", String(to - from));
  };
  show(drawing, 0, cut);
  show(below, cut, height);
  below.setAttribute("aria-label", "The steps in words");
  drawing.after(below);
  drawing.closest(".lab-cell")?.classList.add("lab-apart");
}
