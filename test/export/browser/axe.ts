/** What axe-core finds wrong with a page for who reads it with other means than eyes and a mouse. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

interface Violation {
  readonly impact: string;
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Returns what axe-core calls serious or critical, in short. */
export async function complaints(
  page: Page,
  options: object = { iframes: false },
  within = "document",
): Promise<string[]> {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    `axe.run(${within}, ${JSON.stringify(options)})`,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

/** Shows all slides of a deck below each other and returns what is wrong with any of them. */
export async function complaintsOnAllSlides(page: Page, options?: object): Promise<string[]> {
  await page.addStyleTag({
    content: `.slides section, .fragment { display: block !important; visibility: visible !important;
      opacity: 1 !important; position: static !important; transform: none !important; height: auto !important }
      .reveal, .slides, .lab-deck { overflow: visible !important; height: auto !important; position: static !important; transform: none !important }`,
  });
  return complaints(page, options, "'.slides'");
}
