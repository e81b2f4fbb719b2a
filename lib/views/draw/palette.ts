/**
 * The colours of every figure, by what they mean.
 *
 * The hues are those of Okabe and Ito (Color Universal Design, 2008), which the common kinds of
 * colour blindness keep apart; meaning never rests on the hue alone. An image in an `<img>` cannot
 * see the page's theme, so each figure is a card with its own background that follows the reader's
 * `prefers-color-scheme`: it is legible on any page, whichever way that guess goes.
 */

/** What a colour is for. */
export type Tone =
  | "card"
  | "panel"
  | "line"
  | "ink"
  | "muted"
  | "blue"
  | "sky"
  | "green"
  | "amber"
  | "red"
  | "purple"
  | "blueWash"
  | "greenWash"
  | "amberWash"
  | "redWash"
  | "purpleWash";

/** The two schemes a figure knows. */
export type Scheme = "light" | "dark";

/** One colour a tone and scheme; every ink on every wash has a contrast of 4.5 or more. */
export const palette: Readonly<Record<Scheme, Readonly<Record<Tone, string>>>> = {
  light: {
    card: "#ffffff",
    panel: "#f4f6f9",
    line: "#c3cad5",
    ink: "#1b2330",
    muted: "#566173",
    blue: "#005f97",
    sky: "#2f7fb8",
    green: "#006b4e",
    amber: "#8a5a00",
    red: "#b54000",
    purple: "#97417a",
    blueWash: "#dcedf9",
    greenWash: "#d9f2e8",
    amberWash: "#fdefcb",
    redWash: "#ffe3d3",
    purpleWash: "#f8e3f0",
  },
  dark: {
    card: "#161b24",
    panel: "#1f2733",
    line: "#465264",
    ink: "#e8edf5",
    muted: "#a7b3c5",
    blue: "#7cc4f5",
    sky: "#8fd0ff",
    green: "#4fd6a9",
    amber: "#f2b83d",
    red: "#ff9a63",
    purple: "#e79fce",
    blueWash: "#15364f",
    greenWash: "#0f3b30",
    amberWash: "#44330a",
    redWash: "#4d2410",
    purpleWash: "#452138",
  },
};

const midTones: Readonly<Partial<Record<Tone, string>>> = {
  blue: "#2d7fc1",
  green: "#1f8a63",
  amber: "#a8720b",
  red: "#d2561f",
  purple: "#b0598f",
};

/** Returns a tone's colour for text on a page whose ground is not known: legible on white and on near black. */
export const midTone = (tone: Tone): string => midTones[tone] ?? eitherScheme.ink;

/** For what has no ground of its own: a contrast above 4 on white as on JupyterLab's near black. */
export const eitherScheme = { ink: "#707b8a", line: "rgba(128,140,156,0.35)" } as const;

/** Every tone, in the order of the palette. */
export const tones: readonly Tone[] = Object.keys(palette.light).filter(
  (name): name is Tone => name in palette.light,
);

function rules(scheme: Scheme, used: ReadonlySet<string>): string {
  return tones
    .map((tone) => {
      const colour = palette[scheme][tone];
      const fill = used.has(`f-${tone}`) ? `.f-${tone}{fill:${colour}}` : "";
      return used.has(`s-${tone}`) ? `${fill}.s-${tone}{stroke:${colour}}` : fill;
    })
    .join("");
}

/** Returns the style rules of the `f-TONE` (fill) and `s-TONE` (stroke) classes among `used`. */
export function styleSheet(used: ReadonlySet<string>): string {
  return `${rules("light", used)}@media (prefers-color-scheme:dark){${rules("dark", used)}}`;
}

/**
 * Returns the image fixed to one scheme, for a page whose theme is known (print, a theme switch).
 *
 * @example
 * inScheme(usageBits("{-.-.}").svg, "light").includes("prefers-color-scheme") // false
 */
export function inScheme(svg: string, scheme: Scheme): string {
  return svg.replace(
    /@media \(prefers-color-scheme:dark\)\{((?:[^{}]*\{[^{}]*\})*)\}/,
    (_, dark: string) => (scheme === "dark" ? dark : ""),
  );
}
