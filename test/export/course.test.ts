import { strFromU8, unzipSync, type Unzipped } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { createBundles } from "../../lib/export/bundle.js";
import { course, studentCourse } from "../../lib/export/formats/course.js";
import type { Format } from "../../lib/export/format.js";
import { filesOf, fixtureJob } from "./exporting.js";
import { fixture, secret } from "./fixture.js";

describe("the archive of a course", () => {
  const made: { teacher: Unzipped; student: Unzipped } = { teacher: {}, student: {} };
  beforeAll(async () => {
    const job = await fixtureJob({ fixture }, "student", createBundles());
    const unzipped = async (format: Format): Promise<Unzipped> => {
      const [file] = await filesOf(format, job);
      expect(file?.path).toBe("lockdep-lab-course.zip");
      return typeof file?.data === "object" ? unzipSync(file.data) : {};
    };
    made.teacher = await unzipped(course);
    made.student = await unzipped(studentCourse);
  });
  const folders = (archive: Unzipped): string[] => [
    ...new Set(Object.keys(archive).map((path) => path.split("/").slice(1, -1).join("/"))),
  ];
  const text = (archive: Unzipped, path: string): string =>
    strFromU8(archive[`lockdep-lab-course/${path}`] ?? new Uint8Array());

  it("holds for a teacher both editions, slides, the book, a README and what to install", () => {
    expect(folders(made.teacher).sort()).toEqual([
      "",
      "book",
      "book/assets",
      "environment",
      "environment/.binder",
      "slides",
      "student/html",
      "student/notebooks",
      "teacher/html",
      "teacher/notebooks",
    ]);
    expect(text(made.teacher, "README.md")).toContain("**Do not hand these out.**");
    expect(text(made.teacher, "environment/.binder/requirements.txt")).toContain("plotly==");
    expect(text(made.teacher, "teacher/notebooks/fixture.teacher.ipynb")).toContain(
      "answerOfTheTeacher",
    );
  });

  it("holds for students all of that but the teacher's part", () => {
    const open = folders(made.teacher).filter((folder) => !folder.startsWith("teacher/"));
    expect(folders(made.student).sort()).toEqual(open.sort());
    expect(text(made.student, "README.md")).not.toContain("teacher/");
    for (const bytes of Object.values(made.student)) {
      expect(strFromU8(bytes).includes(secret.slice(6, 24))).toBe(false);
    }
  });

  it("names in its README every folder that it has", () => {
    for (const archive of [made.teacher, made.student]) {
      const readme = text(archive, "README.md");
      for (const folder of folders(archive).filter((name) => !/^$|assets|binder/.test(name))) {
        expect(readme).toMatch(new RegExp(`\`${folder.replace(/^teacher.*/, "teacher")}\``));
      }
    }
  });
});
