import { gunzipSync, strFromU8, unzipSync, type Unzipped } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { createBundles } from "../../../lib/export/bundle.js";
import { findChromium } from "../../../lib/export/chromium.js";
import { course, studentCourse } from "../../../lib/export/formats/course.js";
import type { Format } from "../../../lib/export/format.js";
import { filesOf, fixtureJob } from "../exporting.js";
import { fixture, secret } from "../fixture.js";

describe("the archive of a course", () => {
  const made: { teacher: Unzipped; student: Unzipped } = { teacher: {}, student: {} };
  beforeAll(async () => {
    const address = "https://example.org/course?a=1&b=2";
    const job = { ...(await fixtureJob({ fixture }, "student", createBundles())), address };
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

  it("stands alone: a start page, the lab, the book, slides, handouts, licence; for a teacher solutions too", ({
    skip,
  }) => {
    if (findChromium() === undefined) skip();
    const own = folders(made.teacher).filter(
      (folder) => !/^(?:lab\/(?:lib|\.)|book\/)/.test(folder),
    );
    expect(own.sort()).toEqual([
      "",
      ...["book", "handouts", "lab", "lab/notebooks", "pages", "slides"],
      ...["teacher/handouts", "teacher/nbgrader", "teacher/nbgrader/source/fixture"],
      ...["teacher/notebooks", "teacher/pages", "teacher/slides"],
    ]);
    expect(text(made.teacher, "README.md")).toContain("**Do not hand these out.**");
    expect(text(made.teacher, "LICENSE")).toContain("MIT License");
    expect(text(made.teacher, "lab/.binder/requirements.txt")).toContain("plotly==");
    for (const file of [
      "package-lock.json",
      "lib/setup/main.mjs",
      "lib/index.ts",
      "tsconfig.json",
    ]) {
      expect(text(made.teacher, `lab/${file}`)).not.toBe("");
    }
    expect(text(made.teacher, "teacher/notebooks/fixture.teacher.ipynb")).toContain(
      "answerOfTheTeacher",
    );
  });

  it("has a start page whose every link leads to a file of the archive", () => {
    for (const archive of [made.teacher, made.student]) {
      const page = text(archive, "index.html");
      const links = [...page.matchAll(/ href="(?!data:|https:)([^"#]+)"/g)].map(([, to]) => to);
      expect(links.length).toBeGreaterThan(5);
      for (const link of links) {
        expect(Object.keys(archive)).toContain(`lockdep-lab-course/${decodeURI(link ?? "")}`);
      }
    }
  });

  it("says where it is found on the web, on its start page, in its README and on first slides", () => {
    for (const archive of [made.teacher, made.student]) {
      expect(text(archive, "README.md")).toContain(
        "The project: https://example.org/course?a=1&b=2",
      );
      for (const page of ["index.html", "slides/fixture.slides.html"]) {
        const links = text(archive, page).match(
          /href="https:\/\/example\.org\/course\?a=1&amp;b=2"/g,
        );
        expect(links).toHaveLength(1);
      }
    }
  });

  it("holds for students all of that but the teacher's part", () => {
    const open = folders(made.teacher).filter((folder) => !folder.startsWith("teacher/"));
    expect(folders(made.student).sort()).toEqual(open.sort());
    expect(text(made.student, "README.md")).not.toContain("teacher/");
    for (const bytes of Object.values(made.student)) {
      expect(strFromU8(bytes).includes(secret.slice(6, 24))).toBe(false);
    }
  });

  it("has the lab as npm packs it: built, with exact versions, without a notebook, and says how to run it", () => {
    for (const archive of [made.teacher, made.student]) {
      const name = Object.keys(archive).find((path) =>
        /^[^/]+\/lockdep-lab-[\d.]+\.tgz$/.test(path),
      );
      const tar = strFromU8(gunzipSync(archive[name ?? ""] ?? new Uint8Array()), true);
      const paths = [...tar.matchAll(/package\/[\w./-]+(?=\0)/g)].map(([path]) => path);
      expect(paths).toContain("package/npm-shrinkwrap.json");
      expect(paths).toContain("package/dist/cli/main.js");
      expect(paths).toContain("package/lib/export/page/live.ts");
      expect(paths.filter((path) => path.endsWith(".ipynb"))).toEqual([]);
      expect(JSON.parse(text(archive, "package.json"))).toMatchObject({
        scripts: { notebooks: 'lab run "lab/notebooks/fixture.ipynb"' },
        dependencies: { "lockdep-lab": `file:${name?.split("/")[1] ?? "?"}` },
      });
      expect(text(archive, "README.md")).toContain("`npm run notebooks`");
    }
  });

  it("names in its README every folder that it has", () => {
    for (const archive of [made.teacher, made.student]) {
      const readme = text(archive, "README.md");
      const tops = new Set(folders(archive).map((folder) => folder.split("/")[0] ?? ""));
      for (const folder of [...tops].filter(Boolean)) {
        expect(readme).toContain(`- \`${folder}\``);
      }
    }
  });
});
