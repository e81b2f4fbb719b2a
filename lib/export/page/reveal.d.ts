/** The part of reveal.js that the slides use; its packages bring no types. */

declare module "reveal.js/dist/reveal.esm.js" {
  export default class Reveal {
    constructor(options: Readonly<Record<string, unknown>>);
    initialize(): Promise<void>;
    on(event: string, listener: () => void): void;
    layout(): void;
  }
}

declare module "reveal.js/plugin/notes/notes.esm.js" {
  const plugin: () => unknown;
  export default plugin;
}
