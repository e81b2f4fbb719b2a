/** The drawing libraries, which a page has as globals when it needs them. */

interface PlotlyLibrary {
  newPlot(
    place: HTMLElement,
    data: readonly unknown[],
    layout: Readonly<Record<string, unknown>>,
    config: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
}

interface MermaidLibrary {
  initialize(options: Readonly<Record<string, unknown>>): void;
  render(id: string, source: string): Promise<{ readonly svg: string }>;
}

interface Window {
  readonly Plotly?: PlotlyLibrary;
  readonly mermaid?: MermaidLibrary;
}
