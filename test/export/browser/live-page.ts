/** What a reader does with a live page, for tests. */
import { deflateSync, strToU8 } from "fflate";
import type { Locator, Page } from "playwright-core";

/** Returns a link's hash for edits of cells. */
export function linkTo(page: string, edits: Readonly<Record<string, string>>): string {
  const packed = deflateSync(strToU8(JSON.stringify({ page, cells: edits })));
  return `#edits=${Buffer.from(packed).toString("base64url")}`;
}

/** Runs a cell by its number and returns it when it has ended. */
export async function run(page: Page, number: number): Promise<Locator> {
  const cell = page.locator(".lab-cell").nth(number - 1);
  await cell.getByRole("button", { name: `Run cell ${number}` }).click();
  await finished(cell);
  return cell;
}

/** Waits until a cell says how its run ended. */
export async function finished(cell: Locator): Promise<void> {
  await cell
    .locator(".lab-status", { hasText: /ran in|failed|stopped|time is up|built on|ended/ })
    .waitFor();
}

/** Returns what stands below a cell. */
export const output = (cell: Locator): Promise<string> => cell.locator(".lab-output").innerText();

/** Puts text into a cell's editor. */
export async function write(page: Page, number: number, text: string): Promise<void> {
  await page.getByRole("textbox", { name: `Code of cell ${number}` }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
}
