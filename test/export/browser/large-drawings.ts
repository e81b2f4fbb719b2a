/** Drawings that a slide has no room for as they are. */

/** A graph in its card, too tall for a slide at the size of its names, between a title and a line of words. */
export const graph =
  `<svg xmlns="http://www.w3.org/2000/svg" class="lab-figure" width="720" height="675" viewBox="0 0 720 675">` +
  `<title>graph</title><rect width="720" height="674"/><text x="20" y="34" class="f-ink bold" style="font-size:16px">start</text>` +
  Array.from({ length: 5 }, (_, i) => {
    const y = 50 + i * 118;
    return (
      `<rect x="300" y="${y}" width="118" height="31"/>` +
      `<text x="359" y="${y + 20}" class="f-blue mono" style="font-size:13px" text-anchor="middle">wakeup[cpu${i}]</text>`
    );
  }).join("") +
  `<text x="20" y="600" class="f-muted" style="font-size:11px">what is said of it below</text></svg>`;
/** The pictures of a player. */
export const frames = [
  { title: "start", svg: graph, text: "" },
  { title: "end", svg: graph, text: "" },
];
/** Two columns of text that fill their width, a little too small for the last row. */
export const columns =
  `<svg xmlns="http://www.w3.org/2000/svg" class="lab-figure" width="1150" height="300" viewBox="0 0 1150 300">` +
  `<title>columns</title>` +
  Array.from({ length: 12 }, (_, i) =>
    [20, 585]
      .map(
        (x) =>
          `<text x="${x}" y="${30 + i * 20}" class="f-ink mono" style="font-size:12.4px">${"raw_spin_lock(rq__lock), ".repeat(3)}</text>`,
      )
      .join(""),
  ).join("") +
  "</svg>";
/** Lines of two columns side by side, so that there is no line's end to cut at, taller than a slide. */
export const interleaved =
  `<svg xmlns="http://www.w3.org/2000/svg" class="lab-figure" width="1000" height="800" viewBox="0 0 1000 800"><title>code</title>` +
  Array.from(
    { length: 45 },
    (_, i) =>
      `<text x="20" y="${60 + i * 16}" class="f-ink mono" style="font-size:12px">spin_lock(${i});</text>` +
      `<text x="600" y="${68 + i * 16}" class="f-ink mono" style="font-size:12px">vcpu${i} = idle</text>`,
  ).join("") +
  "</svg>";
/** A timeline: a lane, forty steps in words, and what became of them. */
export const timeline =
  `<svg xmlns="http://www.w3.org/2000/svg" class="lab-figure" width="900" height="700" viewBox="0 0 900 700"><title>timeline</title>` +
  `<rect width="900" height="699"/><g transform="translate(20,20)"><rect x="0" y="20" width="860" height="30"/><g transform="translate(0,60)">` +
  Array.from(
    { length: 40 },
    (_, i) =>
      `<text x="${i < 20 ? 0 : 430}" y="${12 + (i % 20) * 28}" class="f-ink" style="font-size:11.5px">${i + 1}  CPU 0 vcpu0: step</text>`,
  ).join("") +
  `</g></g><text x="20" y="680" class="f-muted" style="font-size:12px">At the end: nobody waits.</text></svg>`;

/** Lines one below the other, on more than two slides. */
export const tall = (label: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="1500" viewBox="0 0 600 1500">` +
  Array.from(
    { length: 60 },
    (_, i) => `<text x="9" y="${20 + i * 25}" font-size="11">${label} ${i}</text>`,
  ).join("") +
  "</svg>";
