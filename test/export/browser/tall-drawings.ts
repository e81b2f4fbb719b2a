/** Drawings of a height, and of a player's steps. */
import { mimeBundle } from "../../../lib/views/index.js";
import { display } from "../notebooks.js";

export const tall = (height: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" class="lab-figure" width="600" height="${height}" viewBox="0 0 600 ${height}">` +
  `<title>tall</title><text x="9" y="${height - 20}">the end of the figure</text></svg>`;
export const figure = (height: number): object =>
  display({
    ...mimeBundle({ name: "tall", alt: "tall", text: "tall", svg: tall(height) }),
  });
/** A step player whose steps have names as the kernel has them, longer than a column in one word. */
export const steps = Array.from({ length: 12 }, (_, i) => ({
  title: `CPU ${i}, ${"sysvec_kvm_posted_intr_wakeup_ipi".repeat(2)}: raw_spin_lock(&per_cpu(wakeup_vcpus_on_cpu_lock, cpu))`,
  svg: tall(60),
  text: "",
}));
/** A timeline whose lanes take most of a page, with its steps below them. */
export const lanes = display({
  ...mimeBundle({
    name: "lanes",
    alt: "lanes",
    text: "lanes",
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" class="lab-figure" width="900" height="1200" viewBox="0 0 900 1200"><title>lanes</title>` +
      `<text x="9" y="880">the end of the lanes</text><g transform="translate(0,900)">` +
      Array.from(
        { length: 10 },
        (_, i) =>
          `<text x="0" y="${12 + i * 28}" style="font-size:12px">${i + 1}  CPU 0: step</text>`,
      ).join("") +
      `</g></svg>`,
  }),
});
