/** The steps of a timeline in words: a talk shows the lanes, and leaves a long list to the notebook. */

/** Lines that a room can follow. */
const mostLines = 24;

/** What the line that stands for the list takes, in the drawing's own units. */
const oneLine = 18;

/** Puts one line for a long list of numbered steps in a drawing, and draws up what stands below it. */
export function shortenSteps(svg: SVGSVGElement): void {
  const list = [...svg.querySelectorAll<SVGGElement>("g")].find(isLongList);
  const first = list?.firstElementChild;
  if (list === undefined || first == null) return;
  const { height: tall } = list.getBBox();
  const { height } = svg.viewBox.baseVal;
  const scale = height / svg.getBoundingClientRect().height;
  const top = (list.getBoundingClientRect().top - svg.getBoundingClientRect().top) * scale;
  const gone = tall - oneLine;
  first.textContent = `${numbered(list).length} steps: in words in the notebook`;
  list.replaceChildren(first);
  for (const below of svg.querySelectorAll(":scope > text")) {
    const y = Number(below.getAttribute("y"));
    if (y > top) below.setAttribute("y", String(y - gone));
  }
  for (const frame of svg.querySelectorAll(":scope > rect")) {
    const own = Number(frame.getAttribute("height"));
    if (own > top) frame.setAttribute("height", String(own - gone));
  }
  const { x, y, width } = svg.viewBox.baseVal;
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${height - gone}`);
  svg.setAttribute("height", String(height - gone));
}

/** Whether a group holds nothing but lines, many of them, and begins with the first step. */
function isLongList(group: SVGGElement): boolean {
  const lines = [...group.children];
  return (
    lines.length > mostLines &&
    lines.every((line) => line.localName === "text") &&
    /^1\s/.test(lines[0]?.textContent ?? "")
  );
}

function numbered(list: SVGGElement): Element[] {
  return [...list.children].filter((line) => /^\d+\s/.test(line.textContent));
}
