/** Buttons that copy code, and the one way in which a page copies text. */

/** Copies the text; resolves to whether the browser let the page do that. */
export async function copyText(text: string): Promise<boolean> {
  // Absent where a page comes from a host without encryption.
  if ("clipboard" in navigator && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }
  return false;
}

/** Returns a button that copies what `text` returns when it is pressed, and says whether it did. */
export function copyButton(label: string, text: () => string, name = "Copy"): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "lab-copy";
  made.textContent = name;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", () => {
    void copyText(text()).then((copied) => {
      made.textContent = copied ? "Copied" : "Not allowed";
      setTimeout(() => {
        made.textContent = name;
      }, 2000);
    });
  });
  return made;
}

/** Gives the code of a page that does not run a button each, and the code in its prose. */
export function installCopyButtons(): void {
  for (const cell of document.querySelectorAll<HTMLElement>(".lab-cell")) {
    const code = cell.querySelector(".lab-code");
    const number = cell.querySelector(".lab-number")?.textContent ?? "";
    if (code === null) continue;
    const button = copyButton(`Copy the code of cell ${number}`, () => code.textContent);
    cell.querySelector(".lab-cell-head")?.prepend(button);
  }
  installProseCopyButtons();
}

/** Gives the code in the prose of a page a button each. */
export function installProseCopyButtons(): void {
  for (const code of document.querySelectorAll<HTMLElement>(".lab-prose > pre")) {
    const place = document.createElement("div");
    place.className = "lab-copied";
    code.before(place);
    place.append(
      code,
      copyButton("Copy this code", () => code.textContent),
    );
  }
}
