import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { wantedTexts } from "../../lib/setup/texts.mjs";

it.each(wantedTexts().map(({ file, text }) => [file.replace(/^.*lib\//, ""), file, text] as const))(
  "%s has the texts that lie beside it (npm run build makes it)",
  (_, file, text) => {
    expect(readFileSync(file, "utf8")).toBe(text);
  },
);
