/** Notebooks as teaching material: pages, slides, handouts, scripts, a site, a course. */
export { editions, type Edition } from "./source/edition.js";
export { exportNotebooks, formats, type ExportOptions } from "./export.js";
export { formatNames, type FormatName } from "./format-names.js";
export { NotebookError } from "../notebook/document/parse.js";
export { WriteError, type Written } from "./writing/write.js";
