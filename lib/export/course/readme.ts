/** What is where in the archive, and how to begin. */
import type { StartPageParts } from "./start-page.js";

/** Returns the text of the archive's README. */
export function courseReadme({ handouts, teacher, lab, address }: StartPageParts): string {
  return [
    `# lockdep-lab: the course

Open \`index.html\`: every notebook with its goal, what it needs and how long it takes.

- \`lab\`: the lab itself with the students' notebooks. \`cd lab\`, then \`npm start\`: it installs what is
  missing into that folder and opens the notebooks in JupyterLab (Node 20.19 or later and Python 3.9 or
  later). It is the sources with their lock file. A JupyterHub or BinderHub builds it with repo2docker, which finds what it needs in
  \`lab/.binder\`.
- \`book\`: all notebooks as a site with search, whose cells are changed and run in the browser alone. Put
  the folder on any web host, or open \`book/index.html\`.
- \`pages\`: the notebooks to read, one file each.
- \`slides\`: one deck for each notebook.
`,
    lab === undefined
      ? ""
      : `- \`${lab}\`: the lab as \`npm pack\` makes it, built. \`npm run notebooks\`, here, installs it into this folder
  and runs all notebooks with Node alone: no Python, no browser. Then \`npx lab run lab/notebooks/01-the-splat.ipynb\`
  runs one, \`npx lab --help\` lists what else there is, and scripts of your own import \`lockdep-lab\`.
`,
    handouts
      ? "- `handouts`: the same on paper (A4), with room to write.\n"
      : "\nThere are no handouts: no Chromium was found to print them. `npx lab export --to pdf` makes them.\n",
    teacher
      ? `- \`teacher\`: notebooks, pages${handouts ? ", handouts" : ""} with solutions and hidden tests, marked, and slides with
  notes: what to ask, what students get wrong, minutes (press S). \`teacher/nbgrader\` is for nbgrader: put it
  into \`lab\`, and run \`nbgrader generate_assignment\` and \`nbgrader autograde\` there.
  **Do not hand these out.**

All outside of \`teacher\` is the students' edition. To make an archive that holds no solution at all:

    npx lab export --to course --edition student --out DIR
`
      : "",
    "\nLicence: `LICENSE`.",
    address === undefined
      ? " The project has no address on the web: this archive is all of it.\n"
      : ` The project: ${address}\n`,
  ].join("");
}
