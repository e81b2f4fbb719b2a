import { expect, it } from "vitest";
import { md } from "../../../lib/export/formats/md.js";
import { filesOf, fixtureJob, textOf } from "../exporting.js";
import { fixture } from "../fixture.js";

it("the Markdown of a player has its last picture, and all of them in words, folded", async () => {
  const text = textOf(await filesOf(md, await fixtureJob({ fixture })), "fixture.md");
  const [, below = ""] = text.split("![steps](fixture_files/");
  expect(below).toMatch(
    /^[\w.-]+\.svg\)\n\n<details>\n<summary>All 2 pictures in words<\/summary>/,
  );
  expect(below).toContain("\n\n```text\nsteps\n```\n\n</details>");
  // A figure that is one picture has its words in the picture.
  expect(text.match(/<details>/g)).toHaveLength(1);
});
