/**
 * Programs that run in the page of a notebook: they put a figure's SVG into the page itself, where its
 * text can be selected, searched and copied, and where it follows the page's theme.
 *
 * The image that stands before them stays where scripts are forbidden.
 */

/**
 * `paint(place, svg)` shows an SVG in an element, in the theme of the page, and again when that changes.
 * JupyterLab says its theme on `<body>`, VS Code by a class there; elsewhere the reader's system decides.
 */
export const paintProgram = `
const media = matchMedia("(prefers-color-scheme: dark)");
function isDark() {
  const { jpThemeLight } = document.body.dataset;
  if (jpThemeLight !== undefined) return jpThemeLight === "false";
  const names = document.body.classList;
  if (names.contains("vscode-dark") || names.contains("vscode-high-contrast")) return true;
  return names.contains("vscode-light") ? false : media.matches;
}
function paint(place, svg) {
  const pattern = /@media \\(prefers-color-scheme:dark\\)\\{((?:[^{}]*\\{[^{}]*\\})*)\\}/;
  const draw = () => {
    const dark = isDark();
    place.innerHTML = svg.replace(pattern, (_, rules) => (dark ? rules : ""));
    const drawing = place.firstElementChild;
    drawing.style.maxWidth = "100%";
    drawing.style.height = "auto";
  };
  draw();
  return draw;
}
function follow(draw, place) {
  const again = () => (place.isConnected ? draw() : stop());
  const watcher = new MutationObserver(again);
  const stop = () => { watcher.disconnect(); media.removeEventListener("change", again); };
  watcher.observe(document.body, { attributeFilter: ["data-jp-theme-light", "class"] });
  media.addEventListener("change", again);
}
`;

/** Puts the SVG of the image right before it into the page, and hides the image. */
const inlineProgram = `
const still = document.currentScript.previousElementSibling;
if (still === null || still.tagName !== "IMG") return;
const bytes = Uint8Array.from(atob(still.src.split(",")[1]), (c) => c.charCodeAt(0));
const place = document.createElement("div");
place.className = "lab-inline";
still.after(place);
follow(paint(place, new TextDecoder().decode(bytes)), place);
still.style.display = "none";
`;

/** Returns the element that does so; it stands right after the image. */
export const inlineScript = (): string =>
  `<script>(()=>{${paintProgram}${inlineProgram}})()</script>`;
