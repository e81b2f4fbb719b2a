/** A link beside each heading to the heading itself, to be copied. */
export function installAnchors(): void {
  for (const heading of document.querySelectorAll<HTMLElement>("article :is(h1, h2, h3, h4)[id]")) {
    const link = document.createElement("a");
    link.className = "lab-anchor";
    link.href = `#${encodeURIComponent(heading.id)}`;
    link.textContent = "#";
    link.setAttribute("aria-label", `Link to: ${heading.textContent}`);
    heading.append(link);
  }
}
