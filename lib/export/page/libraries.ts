/** The programs that a page brings along packed, and unpacks when it needs them. */

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

/** Returns the page's libraries; each is unpacked once, when it is first asked for. */
export function createLibraries(): Libraries {
  const loading = new Map<string, Promise<void>>();
  const load = (id: string): Promise<void> => {
    const known = loading.get(id) ?? run(id);
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

/** Runs a packed script; the page's policy has its hash. */
async function run(id: string): Promise<void> {
  const text = await unpack(id);
  if (text === undefined) return;
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
}
