/**
 * `nbgrader`: the notebooks as the source of assignments: https://nbgrader.readthedocs.io
 *
 * Every exercise becomes a cell to answer in, with the solution between nbgrader's marks, and a locked
 * cell that is worth points: it fails unless a right answer was checked.
 */
import { cellTags } from "../source/edition.js";
import { eachNotebook, type Format } from "../format.js";
import { freeId } from "../../notebook/document/parse.js";
import type { Cell, CodeCell, NbgraderCell } from "../source/notebook.js";
import { storedNotebook, withoutOutputs } from "../source/notebook-file.js";
import { cellNames } from "../runtime/names.js";

/** Points of an exercise that says nothing of its own. */
const usualPoints = 1;

/** What nbgrader writes in the place of a solution. */
const stub = "// Your turn: change the lines above, and run this cell again.";

const config = `# Settings of nbgrader for the lab's notebooks: put this folder into the lab's, and run nbgrader here.
from pathlib import Path

# Anywhere else no cell finds the lab, and autograde would give everybody nothing.
here = Path.cwd()
if not any((up / "node_modules" / "lockdep-lab").exists() for up in (here, *here.parents)):
    raise SystemExit(
        f"{here} is not inside the lab, so that no notebook would find the package lockdep-lab: "
        "move this folder into the lab's, run npm start there once, and run nbgrader in it again"
    )

c = get_config()
c.CourseDirectory.course_id = "lockdep-lab"
c.ClearSolutions.code_stub = {"typescript": ${JSON.stringify(stub)}}
# Some cells search a whole state space.
c.ExecutePreprocessor.timeout = 300
`;

const isTagged = ({ tags }: Cell, tag: string): boolean => tags.includes(tag);

/** Returns the cells of an assignment's source. */
export function assignmentCells(cells: readonly Cell[]): Cell[] {
  const taken = new Set(cells.map(({ id }) => id));
  return cells.flatMap((cell, at): Cell[] => {
    if (isTeachers(cell)) return [];
    if (cell.kind === "markdown") return [cell];
    const exercise = isTagged(cell, cellTags.exercise) ? questionOf(cell) : undefined;
    if (exercise === undefined) return [cell.folded ? locked(cell) : cell];
    const solutions = solutionsBehind(cells, at);
    if (solutions.length === 0) return [cell];
    return [answerCell(cell, solutions), testCell(cell, exercise, taken)];
  });
}

/** What students do not get: solutions go into the cell of their exercise. */
function isTeachers(cell: Cell): boolean {
  return (
    cell.slide === "notes" ||
    isTagged(cell, cellTags.solution) ||
    isTagged(cell, cellTags.hiddenTest) ||
    (cell.kind === "markdown" && isTagged(cell, cellTags.reveals))
  );
}

/** The name of the exercise or prediction that the cell checks its answer with. */
function questionOf({ source }: Cell): string | undefined {
  return [...source.matchAll(/\b([A-Za-z_$][\w$]*)\.check\(/g)].at(-1)?.[1];
}

function solutionsBehind(cells: readonly Cell[], at: number): CodeCell[] {
  const rest = cells.slice(at + 1);
  const end = rest.findIndex((cell) => !isTeachers(cell));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .filter((cell) => cell.kind === "code")
    .filter((cell) => isTagged(cell, cellTags.solution));
}

function answerCell(cell: CodeCell, solutions: readonly CodeCell[]): CodeCell {
  const given = cellNames(cell.source).declares;
  const answers = solutions.map(({ source }) => {
    const clashes = [...cellNames(source).declares].some((name) => given.has(name));
    return clashes ? `{\n${source}\n}` : source;
  });
  const marked = ["/// BEGIN SOLUTION", ...answers, "/// END SOLUTION"].join("\n");
  return {
    ...cell,
    source: `${cell.source}\n${marked}`,
    nbgrader: metadata(`answer-${cell.id}`, { grade: false, solution: true, locked: false }),
  };
}

function testCell(cell: CodeCell, question: string, taken: Set<string>): CodeCell {
  const points = cell.nbgrader?.["points"];
  return {
    kind: "code",
    id: freeId(`test-${cell.id}`.slice(0, 60), taken),
    source: `${question}.assertSolved(); // worth points: it fails unless a right answer was checked above`,
    tags: cell.tags.filter((tag) => tag === cellTags.long),
    slide: "none",
    folded: true,
    outputs: [],
    nbgrader: {
      ...metadata(`test-${cell.id}`, { grade: true, solution: false, locked: true }),
      points: typeof points === "number" ? points : usualPoints,
    },
  };
}

/** What defines an exercise is as the teacher has it, whatever a student did to it. */
function locked(cell: CodeCell): CodeCell {
  const fields = { grade: false, solution: false, locked: true };
  return { ...cell, nbgrader: cell.nbgrader ?? metadata(`given-${cell.id}`, fields) };
}

function metadata(id: string, fields: Readonly<Record<string, boolean>>): NbgraderCell {
  return { cell_type: "code", grade_id: id, schema_version: 3, task: false, ...fields };
}

const sources = eachNotebook(({ notebook }) => {
  const { name } = notebook;
  const cut = withoutOutputs({ ...notebook, cells: assignmentCells(notebook.cells) });
  return Promise.resolve([
    {
      path: `source/${name}/${name}.ipynb`,
      data: `${JSON.stringify(storedNotebook(cut), null, 1)}\n`,
    },
  ]);
});

/** The format. It holds the solutions: nbgrader takes them out of what it hands out. */
export const nbgrader: Format = async function* (job) {
  yield { path: "nbgrader_config.py", data: config };
  yield* sources(job);
};
