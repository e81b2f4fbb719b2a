/** Whether a drawing's text can be read on paper. */

/** The smallest text of a drawing on paper, in CSS pixels: 5 points. */
const smallest = 6.7;

/** Returns whether the smallest text of a drawing can still be read when that is `factor` times as large as now. */
export function isStillRead(drawing: Element, factor: number): boolean {
  if (!(drawing instanceof SVGSVGElement)) return true;
  const { width } = drawing.viewBox.baseVal;
  const scale = (drawing.getBoundingClientRect().width / width) * factor;
  return [...drawing.querySelectorAll("text")].every(
    (text) => parseFloat(getComputedStyle(text).fontSize) * scale >= smallest,
  );
}
