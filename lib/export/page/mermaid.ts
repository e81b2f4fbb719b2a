/** Mermaid as a global, for the page's other scripts. */
import mermaid from "mermaid";

Object.assign(globalThis, { mermaid });
