/** The formats by name, apart from what makes them: help must not wait for a compiler to load. */
export const formatNames = [
  "html",
  "live",
  "slides",
  "pdf",
  "md",
  "ts",
  "ipynb",
  "book",
  "course",
  "nbgrader",
] as const;

/** The name of a format. */
export type FormatName = (typeof formatNames)[number];
