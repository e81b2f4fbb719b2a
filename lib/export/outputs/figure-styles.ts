/** The rules that figures in a page follow, made from the colours that their files carry themselves. */
import { palette, tones } from "../../views/draw/palette.js";
import { drawingClass } from "./inline-figure.js";

/** Returns the style sheet of the drawings in a page: its own theme decides which scheme they are in. */
export function figureStyles(): string {
  const root = `.${drawingClass}`;
  const { light, dark } = palette;
  const painted = tones.map((tone) => {
    const colour = `light-dark(${light[tone]},${dark[tone]})`;
    return `${root} .f-${tone}{fill:${colour}}${root} .s-${tone}{stroke:${colour}}`;
  });
  return [
    `${root} text{font:13px var(--sans)}`,
    `${root} .mono{font-family:var(--mono)}`,
    `${root} .bold{font-weight:600}`,
    `${root} .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}`,
    ...painted,
  ].join("");
}
