/** Marks, in the table of contents, the section that is being read. */
export function installContents(): void {
  const links = new Map<string, HTMLAnchorElement>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".lab-contents a[href^='#']")) {
    links.set(decodeURIComponent(link.hash.slice(1)), link);
  }
  const above = new IntersectionObserver(
    (entries) => {
      const seen = entries.find((entry) => entry.isIntersecting);
      if (seen === undefined) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(seen.target.id)?.setAttribute("aria-current", "location");
    },
    { rootMargin: "-60px 0px -70% 0px" },
  );
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading !== null) above.observe(heading);
  }
  if (!matchMedia("(max-width: 60rem)").matches) return;
  for (const details of document.querySelectorAll<HTMLDetailsElement>(".lab-side details")) {
    details.open = false;
  }
}
