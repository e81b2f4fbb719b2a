/** `lab atlas`: real reports, and whether they are true. */
import { type AtlasCase, atlas, atlasCase } from "../../atlas/index.js";
import { stories } from "../../atlas/stories/index.js";
import { cellsOf, storyOf } from "./atlas-story.js";
import { type CaseTimeline, caseTimelines } from "./atlas-timeline.js";
import { loadKernelC } from "../../notebook/kernel-c.js";
import type { Register } from "../frame/program.js";

interface Options {
  readonly json?: true;
  readonly code?: true;
  readonly timeline?: true;
}

/** Registers `atlas`. */
export const registerAtlas: Register = (program) => {
  program
    .command("atlas")
    .description("list real lockdep reports with their truth, or tell one of them")
    .argument("[name]", "the case to tell")
    .option("--code", "print its C alone, as a file for lab explore")
    .option("--timeline", "print what goes wrong as text for a changelog, 72 columns wide")
    .option("--json", "print the list, or what both judges say of the case and each patch")
    .action(async (name: string | undefined, { json, code, timeline }: Options) => {
      if (name === undefined) {
        process.stdout.write(json === true ? listJson() : listText());
        return;
      }
      const of = atlasCase(name);
      if (code === true) {
        process.stdout.write(of.texts.code);
        return;
      }
      const kernelC = await loadKernelC();
      const timelines = timeline === true ? caseTimelines(of, kernelC) : null;
      const text =
        json === true
          ? JSON.stringify({
              ...listed(of),
              cells: cellsOf(of, kernelC),
              ...(timelines === null ? {} : { timelines }),
            })
          : (timelines?.flatMap(timelineText) ?? storyOf(of, kernelC)).join("\n");
      process.stdout.write(`${text}\n`);
    });
};

const timelineText = ({ code, lines }: CaseTimeline, at: number): readonly string[] => [
  ...(at > 0 ? [""] : []),
  `${code}:`,
  "",
  ...lines,
];

const listed = ({ name, title, truth, question }: AtlasCase): object => ({
  name,
  title,
  truth,
  question,
});

const listJson = (): string => `${JSON.stringify(atlas.map(listed))}\n`;

const listText = (): string =>
  [
    ...atlas.map(({ name, title, truth }) => `${name.padEnd(24)} ${truth.padEnd(8)} ${title}`),
    "",
    "And stories as statements, each for `lab explore --case NAME`:",
    ...stories.map(({ name, scenario }) => `${name.padEnd(33)} ${scenario.name}`),
    "",
  ].join("\n");
