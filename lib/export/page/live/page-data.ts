/** What the page's file says about its cells. */
import { fieldOf, textField } from "../../json.js";
import type { LiveCellData } from "./cell/cell.js";

/** The data of a live page. */
export interface PageData {
  /** The notebook and its edition. */
  readonly page: string;
  readonly cells: readonly LiveCellData[];
  /** The notebook's file, without its outputs. */
  readonly notebook: unknown;
}

/** Returns the data that stands in the page. */
export function readPageData(): PageData {
  const data: unknown = JSON.parse(document.getElementById("lab-cells")?.textContent ?? "null");
  const stored = fieldOf(data, "cells");
  const words = (textField(data, "words") ?? "").split("\n");
  return {
    page: textField(data, "page") ?? "",
    notebook: fieldOf(data, "notebook"),
    cells: (Array.isArray(stored) ? stored : []).map((cell: unknown) => ({
      id: textField(cell, "id") ?? "",
      label: textField(cell, "label") ?? "",
      source: textField(cell, "source") ?? "",
      long: fieldOf(cell, "long") === true,
      words,
    })),
  };
}
