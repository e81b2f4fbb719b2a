/** `course`: one archive for a teacher: editions, slides, the book, what to install and how to begin. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { zipSync, type Zippable } from "fflate";
import type { Edition } from "../edition.js";
import type { ExportFile, Format, Job } from "../format.js";
import { book } from "./book.js";
import { html } from "./html.js";
import { ipynb } from "./ipynb.js";
import { slides } from "./slides.js";

interface Part {
  readonly folder: string;
  readonly format: Format;
  readonly edition: Edition;
}

const studentParts: readonly Part[] = [
  { folder: "student/notebooks", format: ipynb, edition: "student" },
  { folder: "student/html", format: html, edition: "student" },
  { folder: "slides", format: slides, edition: "student" },
  { folder: "book", format: book, edition: "student" },
];
const teacherParts: readonly Part[] = [
  { folder: "teacher/notebooks", format: ipynb, edition: "teacher" },
  { folder: "teacher/html", format: html, edition: "teacher" },
];

/** The time that every entry bears, so that the same course has the same bytes. */
const entryTime = new Date(2000, 0, 1);

/** Returns the format; without the teacher's parts an archive can be given to students as it is. */
function courseFormat(parts: readonly Part[], readme: string): Format {
  return async function* (job) {
    const entries: Zippable = {};
    const add = (folder: string, { path, data }: ExportFile): void => {
      const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
      entries[`${root}/${folder === "" ? "" : `${folder}/`}${path}`] = bytes;
    };
    for (const { folder, format, edition } of parts) {
      job.progress(folder);
      const quiet: Job = { ...job, edition, progress: () => undefined };
      for await (const file of format(quiet)) add(folder, file);
    }
    for (const file of await environmentFiles(job)) add("environment", file);
    add("", { path: "README.md", data: readme });
    yield { path: `${root}.zip`, data: zipSync(entries, { level: 9, mtime: entryTime }) };
  };
}

const root = "lockdep-lab-course";

/** What a JupyterHub builds the environment from. */
async function environmentFiles(job: Job): Promise<ExportFile[]> {
  const folder = join(job.root, ".binder");
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names.sort().map(async (name) => ({
      path: `.binder/${name}`,
      data: await readFile(join(folder, name), "utf8"),
    })),
  );
  const environment = ["package.json", "package-lock.json"].map(async (name) => ({
    path: name,
    data: await readFile(join(job.root, name), "utf8"),
  }));
  return [...files, ...(await Promise.all(environment))];
}

const studentReadme = `# lockdep-lab: the course

- \`student/notebooks\`: the notebooks, with a prompt where an answer belongs. They run in the lab
  (\`npm start\` in its folder) and on any Jupyter with the lab's \`tslab\` kernel.
- \`student/html\`: the same as pages to read, one file each.
- \`slides\`: one deck for each notebook; press S for the speaker's notes.
- \`book\`: all notebooks as a site with search, whose cells are changed and run in the browser alone. Put
  the folder on any web host, or open \`index.html\`.
- \`environment\`: what a JupyterHub or BinderHub builds the lab from (\`.binder/\`, with repo2docker,
  from the lab's repository), and the exact versions of everything that the lab uses.
`;
const teacherReadme = `${studentReadme}- \`teacher\`: the notebooks and pages with solutions and hidden tests, marked. **Do not hand these out.**

The slides and the book are the students' edition. To make an archive that holds no solution at all:

    npx lab export --to course --edition student --out DIR
`;

/** The whole archive, for teachers. */
export const course: Format = courseFormat([...studentParts, ...teacherParts], teacherReadme);

/** The archive without solutions. */
export const studentCourse: Format = courseFormat(studentParts, studentReadme);
