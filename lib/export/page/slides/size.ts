/** How large a slide is, in CSS pixels; reveal.js scales it to the screen. */
export const slide = { width: 1280, height: 720 } as const;

/** The room for blocks: the slide without its padding and the line of its number. */
export const room = { width: 1216, height: 650 } as const;

/** What a figure may take: a heading and the words that lead to it stand above, or the heading `alone`. */
export const figureRoom = { width: 1200, height: 500, alone: 550 } as const;

/** Nobody in the last row reads smaller text. */
export const smallestText = 14.2;
