/** Draws what `render.ts` left as data: Plotly charts, Mermaid diagrams, step players. */
import { isRecord } from "../json.js";
import { mountPlayer } from "./player.js";
import { isDark, themeChanged } from "./theme.js";

/** Draws every figure inside `root` as it comes near the window. */
export type DrawFigures = (root: ParentNode) => void;

/** Returns the function that draws; it draws again what was drawn when the theme changes. */
export function createFigures(): DrawFigures {
  const drawn = new Map<HTMLElement, () => Promise<void>>();
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        near.unobserve(target);
        const draw = drawingOf(target);
        drawn.set(target, draw);
        void draw();
      }
    },
    { rootMargin: "800px" },
  );
  document.addEventListener(themeChanged, () => {
    for (const [place, draw] of drawn) {
      if (place.isConnected) void draw();
      else drawn.delete(place);
    }
  });
  return (root) => {
    for (const place of root.querySelectorAll<HTMLElement>(".lab-player")) {
      if (mountPlayer(place)) shown(place);
    }
    for (const place of root.querySelectorAll<HTMLElement>(".lab-plotly, .lab-mermaid")) {
      if (place.hidden) place.closest(".lab-figure")?.classList.add("lab-waiting");
      near.observe(place.closest<HTMLElement>(".lab-figure") ?? place);
    }
  };
}

/** Draws everything at once, for printing and for tests that cannot scroll. */
export async function drawAllFigures(root: ParentNode): Promise<void> {
  for (const figure of root.querySelectorAll<HTMLElement>(".lab-figure")) await drawingOf(figure)();
}

function drawingOf(figure: HTMLElement): () => Promise<void> {
  const plotly = figure.querySelector<HTMLElement>(".lab-plotly");
  if (plotly !== null) return plotlyDrawing(plotly);
  const mermaid = figure.querySelector<HTMLElement>(".lab-mermaid");
  return mermaid === null ? () => Promise.resolve() : mermaidDrawing(mermaid);
}

/** The still image gives way to what was drawn. */
function shown(place: HTMLElement): void {
  place.hidden = false;
  place.closest(".lab-figure")?.classList.add("lab-drawn");
}

function plotlyDrawing(place: HTMLElement): () => Promise<void> {
  const spec: unknown = JSON.parse(place.querySelector("script")?.textContent ?? "null");
  return async () => {
    const library = window.Plotly;
    if (library === undefined || !isRecord(spec) || !Array.isArray(spec["data"])) return;
    const layout = isRecord(spec["layout"]) ? spec["layout"] : {};
    const config = isRecord(spec["config"]) ? spec["config"] : {};
    shown(place);
    try {
      await library.newPlot(place, spec["data"], inTheme(layout), {
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

function mermaidDrawing(place: HTMLElement): () => Promise<void> {
  const source = place.querySelector("pre")?.textContent ?? "";
  return async () => {
    const library = window.mermaid;
    if (library === undefined || source.trim() === "") return;
    library.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      theme: isDark() ? "dark" : "default",
      flowchart: { htmlLabels: false },
      htmlLabels: false,
      suppressErrorRendering: true,
    });
    try {
      const { svg } = await library.render(`lab-diagram-${crypto.randomUUID()}`, source);
      place.innerHTML = svg;
      shown(place);
    } catch {
      // The diagram's source or its still image stays in view: that says more than an error would.
    }
  };
}
