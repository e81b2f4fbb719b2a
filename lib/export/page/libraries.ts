/** The programs that a page brings along packed, or has beside it, and runs when it needs them. */

/** Returns the text of a packed program, or undefined where the page has none. */
export async function unpack(id: string): Promise<string | undefined> {
  const packed = document.getElementById(id)?.textContent;
  if (packed === undefined || packed === "") return undefined;
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

/** The drawing libraries of a page. */
export interface Libraries {
  readonly plotly: () => Promise<PlotlyLibrary | undefined>;
  readonly mermaid: () => Promise<MermaidLibrary | undefined>;
}

/** Returns the page's libraries; each is made ready once, when it is first asked for. */
export function createLibraries(): Libraries {
  const loading = new Map<string, Promise<void>>();
  const load = (id: string): Promise<void> => {
    const known = loading.get(id) ?? loadLater(id);
    loading.set(id, known);
    return known;
  };
  return {
    plotly: async () => {
      if (window.Plotly === undefined) await load("lab-plotly");
      return window.Plotly;
    },
    mermaid: async () => {
      if (window.mermaid === undefined) await load("lab-mermaid");
      return window.mermaid;
    },
  };
}

/** Runs a packed script, whose hash the page's policy has, or one of the site's own files. */
export async function loadLater(id: string): Promise<void> {
  const script = document.createElement("script");
  const href = document.getElementById(id)?.dataset["href"];
  if (href !== undefined) {
    await new Promise((done) => {
      script.addEventListener("load", done);
      script.addEventListener("error", done);
      script.src = href;
      document.head.append(script);
    });
    return;
  }
  const text = await unpack(id);
  if (text === undefined) return;
  script.textContent = text;
  document.head.append(script);
}
