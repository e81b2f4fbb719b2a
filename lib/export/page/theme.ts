/** The theme button: light or dark, remembered; figures hear of a change and draw again. */

/** The event that the document dispatches when its theme has changed. */
export const themeChanged = "lab-theme-changed";

/** Returns whether the page is dark now. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen !== undefined) return chosen === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Makes the page's theme button work. */
export function installTheme(): void {
  const button = document.querySelector<HTMLButtonElement>(".lab-theme");
  const name = (): void => {
    if (button !== null) button.textContent = isDark() ? "Light" : "Dark";
    button?.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
  };
  const changed = (): void => {
    name();
    document.dispatchEvent(new Event(themeChanged));
  };
  button?.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    try {
      localStorage.setItem("lab-theme", next);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
    changed();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  name();
  if (button !== null) button.hidden = false;
}
