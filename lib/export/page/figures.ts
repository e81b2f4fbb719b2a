/** Draws what `render.ts` left as data: Plotly charts, Mermaid diagrams, step players. */
import { palette, type Scheme } from "../../views/draw/palette.js";
import { isRecord } from "../../primitives/record.js";
import { createLibraries, type Libraries } from "./libraries.js";
import { mountPlayer } from "./player/player.js";
import { isDark, themeChanged } from "./theme.js";

/** Draws the figures of a page. */
export interface Figures {
  /** Draws every figure inside `root` as it comes near the window. */
  readonly draw: (root: ParentNode) => void;
  /** Draws all diagrams in view at once: paper and slides do not wait until a reader comes near. */
  readonly drawDiagrams: (root: ParentNode) => Promise<void>;
}

/** Returns what draws; it draws again what depends on the theme when that changes. */
export function createFigures(): Figures {
  const libraries = createLibraries();
  const drawn = new Map<Element, () => Promise<void>>();
  let diagrams: Promise<void> = Promise.resolve();
  let count = 0;
  // One after the other: Mermaid's settings, the theme among them, are global.
  const drawMermaid = (place: HTMLElement): Promise<void> => {
    diagrams = diagrams.then(() => drawDiagram(place, libraries, () => ++count));
    return diagrams;
  };
  const draw = (figure: Element): void => {
    const plotly = figure.querySelector<HTMLElement>(".lab-plotly");
    const mermaid = figure.querySelector<HTMLElement>(inView);
    if (plotly !== null) {
      const again = plotlyDrawing(plotly, libraries);
      drawn.set(figure, again);
      void again();
    } else if (mermaid !== null) void drawMermaid(mermaid);
  };
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        draw(target);
        letScroll(target);
      }
    },
    { rootMargin: "800px" },
  );
  document.addEventListener(themeChanged, () => {
    for (const [place, again] of drawn) {
      if (place.isConnected) void again();
      else drawn.delete(place);
    }
  });
  return {
    draw: (root) => {
      for (const place of root.querySelectorAll<HTMLElement>(".lab-player")) {
        if (mountPlayer(place)) shown(place);
      }
      for (const figure of root.querySelectorAll(".lab-figure")) near.observe(figure);
      for (const details of root.querySelectorAll<HTMLDetailsElement>(".lab-as-diagram")) {
        const place = details.querySelector<HTMLElement>(".lab-mermaid");
        if (place === null) continue;
        details.addEventListener("toggle", () => void drawMermaid(place), { once: true });
      }
    },
    drawDiagrams: async (root) => {
      for (const place of root.querySelectorAll<HTMLElement>(inView)) await drawMermaid(place);
    },
  };
}

/** What is wider than its place can be moved by keyboard, too. */
function letScroll(figure: Element): void {
  const inside = figure.querySelectorAll<HTMLElement>(".lab-still, .lab-player-picture");
  const own = figure.matches(".lab-figure-text") ? [figure as HTMLElement] : [];
  for (const place of [...inside, ...own]) {
    if (place.scrollWidth > place.clientWidth + 1) place.tabIndex = 0;
  }
}

/** A diagram that is shown at once; one beside a still image is drawn when a reader opens it. */
const inView = ".lab-mermaid:not(.lab-as-diagram *)";

/** The still image gives way to what was drawn in its place. */
function shown(place: HTMLElement): void {
  place.hidden = false;
  if (place.closest(".lab-as-diagram") === null)
    place.closest(".lab-figure")?.classList.add("lab-drawn");
}

function plotlyDrawing(place: HTMLElement, libraries: Libraries): () => Promise<void> {
  const spec: unknown = JSON.parse(place.querySelector("script")?.textContent ?? "null");
  return async () => {
    const library = await libraries.plotly();
    if (library === undefined || !isRecord(spec) || !Array.isArray(spec["data"])) return;
    const { data, layout } = inScheme(spec);
    const config = isRecord(spec["config"]) ? spec["config"] : {};
    shown(place);
    try {
      await library.newPlot(place, data, inTheme(layout), {
        responsive: true,
        displaylogo: false,
        ...config,
        ...noWayOut,
      });
      for (const node of place.querySelectorAll(".main-svg"))
        node.setAttribute("aria-hidden", "true");
    } catch {
      place.hidden = true;
      place.closest(".lab-figure")?.classList.remove("lab-drawn");
    }
  };
}

/** Settings of Plotly that would send data away are not for a figure to choose. */
const noWayOut = {
  plotlyServerURL: "",
  showSendToCloud: false,
  showEditInChartStudio: false,
  showLink: false,
};

/** The figure's own colours, which are those of the light scheme, in the scheme of the page. */
function inScheme(spec: Readonly<Record<string, unknown>>): {
  readonly data: readonly unknown[];
  readonly layout: Readonly<Record<string, unknown>>;
} {
  const tones = new Map(Object.entries(palette.light).map(([tone, colour]) => [colour, tone]));
  const dark = new Map(Object.entries(palette.dark));
  const coloured: unknown = !isDark()
    ? spec
    : JSON.parse(
        JSON.stringify(spec, (_, value: unknown) => {
          const tone = typeof value === "string" ? tones.get(value) : undefined;
          return tone === undefined ? value : dark.get(tone);
        }),
      );
  const { data, layout } = isRecord(coloured) ? coloured : { data: [], layout: {} };
  return { data: Array.isArray(data) ? data : [], layout: isRecord(layout) ? layout : {} };
}

function inTheme(layout: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const ink = isDark() ? "#e8edf5" : "#1b2330";
  const line = isDark() ? "#465264" : "#c3cad5";
  const axes = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name));
  const themed = Object.fromEntries(
    [...new Set([...axes, "xaxis", "yaxis"])].map((name) => {
      const axis = layout[name];
      return [
        name,
        { gridcolor: line, zerolinecolor: line, linecolor: line, ...(isRecord(axis) ? axis : {}) },
      ];
    }),
  );
  const font = layout["font"];
  return {
    ...layout,
    ...themed,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { ...(isRecord(font) ? font : {}), color: ink },
  };
}

/** Draws a diagram twice, for the page's style sheet to show the one that fits the theme. */
async function drawDiagram(
  place: HTMLElement,
  libraries: Libraries,
  drawingNumber: () => number,
): Promise<void> {
  const source = place.querySelector("pre")?.textContent ?? "";
  if (source.trim() === "") return;
  const library = await libraries.mermaid();
  if (library === undefined) return;
  const half = async (scheme: Scheme, className: string): Promise<HTMLElement> => {
    library.initialize({ ...mermaidOptions, themeVariables: themeVariables(scheme) });
    const { svg } = await library.render(`lab-diagram-${drawingNumber()}`, source);
    const made = document.createElement("div");
    made.className = className;
    made.innerHTML = svg;
    return made;
  };
  try {
    const light = await half("light", "lab-if-light");
    place.replaceChildren(light, await half("dark", "lab-if-dark"));
    shown(place);
  } catch {
    // The diagram's source or its still image stays in view: that says more than an error would.
  }
}

const mermaidOptions = {
  startOnLoad: false,
  theme: "base",
  securityLevel: "strict",
  htmlLabels: false,
  // Room for a whole symbol: a name of the kernel broken in two is hard to read.
  flowchart: { htmlLabels: false, wrappingWidth: 480 },
  suppressErrorRendering: true,
};

/** The colours of the lab's own figures. */
function themeVariables(scheme: Scheme): Readonly<Record<string, string | boolean>> {
  const { card, panel, line, ink, muted, blueWash, blue, amberWash, amber } = palette[scheme];
  return {
    darkMode: scheme === "dark",
    background: card,
    primaryColor: blueWash,
    primaryBorderColor: blue,
    primaryTextColor: ink,
    secondaryColor: amberWash,
    secondaryBorderColor: amber,
    tertiaryColor: panel,
    tertiaryBorderColor: line,
    clusterBkg: panel,
    clusterBorder: line,
    titleColor: ink,
    textColor: ink,
    lineColor: muted,
    signalColor: ink,
    signalTextColor: ink,
    actorLineColor: line,
    noteBkgColor: amberWash,
    noteBorderColor: amber,
    noteTextColor: ink,
  };
}
