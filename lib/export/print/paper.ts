/** Sheets of paper, and what a handout leaves of them for text. */

/** The sizes that a handout can have. */
export const paperNames = ["a4", "letter"] as const;

/** The name of a size. */
export type Paper = (typeof paperNames)[number];

interface Sheet {
  /** As the browser calls it. */
  readonly format: string;
  /** In millimetres. */
  readonly width: number;
  readonly height: number;
}

/** Every size: ISO 216, and ANSI A. */
export const sheets: Readonly<Record<Paper, Sheet>> = {
  a4: { format: "A4", width: 210, height: 297 },
  letter: { format: "Letter", width: 215.9, height: 279.4 },
};

/** In millimetres. */
const margins = { top: 20, bottom: 18, left: 16, right: 16 } as const;

/** The margins as the browser takes them. */
export const pageMargins = {
  top: `${margins.top}mm`,
  bottom: `${margins.bottom}mm`,
  left: `${margins.left}mm`,
  right: `${margins.right}mm`,
} as const;

const pixelsPerMillimetre = 96 / 25.4;

/** Returns the room for text on a page, in CSS pixels. */
export function textArea(paper: Paper): { readonly width: number; readonly height: number } {
  const { width, height } = sheets[paper];
  return {
    width: Math.floor((width - margins.left - margins.right) * pixelsPerMillimetre),
    height: Math.floor((height - margins.top - margins.bottom) * pixelsPerMillimetre),
  };
}
