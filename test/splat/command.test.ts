import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { registerSplat } from "../../lib/cli/splat/splat.js";
import { hungTasks } from "../../lib/splat/samples/hung-tasks.js";
import { kernelSplats } from "../../lib/splat/samples/index.js";

let folder = "";
let out = "";
let err = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "splat-"));
  out = "";
  err = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});

async function lab(...args: readonly string[]): Promise<void> {
  const program = new Command("lab");
  registerSplat(program);
  await program.parseAsync(["splat", ...args], { from: "user" });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("lab splat without a report of lockdep", () => {
  const hung = readFileSync(new URL("small/T-hung-tasks-all-locks.txt", import.meta.url), "utf8");

  it("explains blocked tasks, for people and for programs", async () => {
    await lab(file("hung.txt", hung));
    expect(out).toContain("A deadlock that happened");
    out = "";
    await lab(file("hung.txt", hung), "--json");
    expect(JSON.parse(out)).toMatchObject({ kind: "hung-tasks", facts: { missing: [] } });
  });

  it("draws who waits for whom, as lines and as a figure", async () => {
    const hungFile = file("hung.txt", hung);
    await lab(hungFile);
    expect(out).toContain("  .-> foo-a/301  holds &a->lock\n");
    await lab(hungFile, "--draw", join(folder, "figures"));
    expect(readdirSync(join(folder, "figures"))).toEqual(["hung.txt-waits.svg"]);
  });

  it("makes a scenario of tasks that wait for each other, as C, as a cell and as a schedule", async () => {
    const hungFile = file("hung.txt", hung);
    await lab(hungFile, "--c");
    expect(out).toContain("static DEFINE_MUTEX(a_lock);");
    out = "";
    await lab(hungFile, "--cell");
    expect(out).toContain("explore(reported).summary");
    out = "";
    await lab(hungFile, "--timeline");
    expect(out).toContain("CPU0 #3 waits for CPU1 #2 and CPU1 #4 waits for CPU0 #1.");
    out = "";
    await lab(hungFile, "--premises");
    expect(out).toContain("no premise is left to argue");
    out = "";
    const apart = file("apart.txt", hung.replace("#1: ffff888100000010", "#1: ffff888100000099"));
    await lab(apart, "--c");
    expect(out).toMatch(/^\/\/ .*apart\.txt: its blocked tasks close no circle/);
  });

  it("tells a program who waits for whom, and the schedule", async () => {
    await lab(file("hung.txt", hung), "--json");
    expect(JSON.parse(out)).toMatchObject({
      waits: [
        { waiter: "foo-a/301", holder: "foo-b/302", in_circle: true },
        { waiter: "foo-b/302", holder: "foo-a/301", in_circle: true },
      ],
      schedule: expect.arrayContaining([
        expect.stringContaining("mutex_lock(&a->lock);"),
      ]) as unknown,
    });
  });

  it("names what another tool printed", async () => {
    await lab(file("bad.txt", "BUG: spinlock bad magic on CPU#0, swapper/1\n"));
    expect(out).toBe("");
    expect(err).toMatch(/line 1 is of the debugging of spinlocks/);
  });

  it("says that a headline stands behind what it does not understand", async () => {
    const prose = "Here is what I saw: WARNING: possible recursive locking detected\nand no more\n";
    await lab(file("prose.txt", prose));
    expect(err).toMatch(/line 1 has the headline of one behind `Here is what I saw:`/);
  });
});

describe("lab splat", () => {
  it("prints one JSON line a report", async () => {
    const two = file("two.txt", kernelSplats.none + kernelSplats.novalidate);
    await lab(two, file("one.txt", kernelSplats.all1), "--json");
    const lines = out.trimEnd().split("\n");
    const answers = lines.map((line): unknown => JSON.parse(line));
    expect(answers).toMatchObject([
      { file: two, report: 1, kind: "circular", facts: { task: { pid: 1 } } },
      { file: two, report: 2, kind: "wait-context", facts: { context: "5:5" } },
      { report: 1, kind: "circular", facts: { headlines_in_file: ["circular"] } },
    ]);
    expect(process.exitCode ?? 0).toBe(0);
    const searched = answers.filter((answer) => JSON.stringify(answer).includes('"explorer":"'));
    expect(searched).toHaveLength(2);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        schedule: expect.arrayContaining([expect.any(String)]) as unknown,
        premises: expect.any(Array) as unknown,
      });
    }
  });

  it("explains without --json", async () => {
    await lab(file("none.txt", kernelSplats.none));
    expect(out).toContain("A circle in the order of locks");
    expect(out).toMatch(/none\.txt, lines 2 to \d+/);
  });

  it("explains in a few lines with --brief", async () => {
    await lab(file("all1.txt", kernelSplats.all1), "--brief");
    expect(out).toContain("If it is real");
    expect(out).not.toContain("Side by side");
  });

  it("prints a cell to edit and explore", async () => {
    await lab(file("none.txt", kernelSplats.none), "--cell");
    expect(out).toMatch(/^import \{ scenario, .* \} from "lockdep-lab";/);
    await lab(file("other.txt", kernelSplats.novalidate), "--cell");
    expect(out).toMatch(/a wait-context report tells no paths to explore/);
  });

  it("draws into a folder, and says what it wrote", async () => {
    const target = join(folder, "pictures");
    await lab(file("none.txt", kernelSplats.none), "--draw", target, "--json");
    const pictures = readdirSync(target).sort();
    expect(pictures).toEqual(
      ["graph", "stacks", "timeline"].map((part) => `none.txt-1-${part}.svg`),
    );
    expect(err).toContain(`${join(target, "none.txt-1-graph.svg")} written`);
  });

  it("says where it cannot draw", async () => {
    const report = file("none.txt", kernelSplats.none);
    await lab(report, "--draw", report, "--json");
    expect(err).toMatch(/none\.txt: cannot be written/);
    expect(process.exitCode).toBe(1);
  });

  it("does not hang where no folder can be made", async () => {
    await lab(file("none.txt", kernelSplats.none), "--draw", "/proc/none/such", "--json");
    expect(err).toMatch(/\/proc\/none\/such: cannot be written/);
    expect(process.exitCode).toBe(1);
  });

  it("says in its help what the exit status and scenario.interrupt mean", async () => {
    const program = new Command("lab").exitOverride();
    registerSplat(program);
    const asked = program.parseAsync(["splat", "--help"], { from: "user" });
    await expect(asked).rejects.toThrow("outputHelp");
    expect(out).toMatch(/Exit status: 0 when every input was read/);
    expect(out).toMatch(/scenario\.interrupt is true where/);
  });

  it.each([
    ["nothing", "", /the input is empty/],
    ["a log without", "usb 1-1: new device\n", /no lockdep report found/],
    [
      "the end of a report",
      "1 lock held by foo/77:\n #0: ffff888100000010 (&foo->mutex){+.+.}-{4:4}, at: foo_ioctl+0x30/0x40\n",
      /line 1 is where a report, or a warning, lists what foo\/77 holds \(`&foo->mutex`\).* missing/,
    ],
    ["a binary", "\0\x01ELF\0", /looks like a binary/],
  ])("says so where there is none: %s", async (_, text, answer) => {
    await lab(file("x", text), "--json");
    expect(out).toBe("");
    expect(err).toMatch(answer);
    expect(process.exitCode ?? 0).toBe(0);
  });

  it("names a file that cannot be read and goes on with the others", async () => {
    await lab(join(folder, "absent"), file("none.txt", kernelSplats.none), "--json");
    expect(err).toMatch(/absent: cannot be read .*ENOENT/);
    expect(out).toContain('"kind":"circular"');
    expect(process.exitCode).toBe(1);
  });
});

describe("lab splat --group", () => {
  it("reads UTF-16 by its mark or by its zeros, and lines that end with a carriage return alone", async () => {
    const [report = ""] = Object.values(kernelSplats);
    const wide = join(folder, "wide.txt");
    writeFileSync(wide, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(report, "utf16le")]));
    const bare = join(folder, "bare.txt");
    writeFileSync(bare, Buffer.from(report, "utf16le").swap16());
    const serial = file("serial.txt", report.replaceAll("\n", "\r"));
    const plain = file("plain.txt", report);
    const facts: unknown[] = [];
    for (const each of [plain, wide, serial, bare]) {
      out = "";
      await lab("--json", each);
      const told: unknown = JSON.parse(out);
      facts.push({ ...(told as object), file: "" });
    }
    expect(facts[1]).toEqual(facts[0]);
    expect(facts[2]).toEqual(facts[0]);
    expect(facts[3]).toEqual(facts[0]);
  });

  it("says that a folder is empty", async () => {
    await lab(folder);
    expect(err).toContain("the folder is empty");
  });

  it("sorts the reports of a folder by what they are about", async () => {
    file("boot1.log", kernelSplats.none.replace(/^/gm, "2026-01-02T03:04:05 "));
    file("boot2.log", kernelSplats.novalidate + kernelSplats.none);
    file("quiet.log", "usb 1-1: new device\n");
    await lab(folder, "--group");
    expect(out).toMatch(/^circle-[0-9a-f]{8} {2}2 reports\n {2}&p->pi_lock -> &rq->__lock -> /);
    expect(out).toMatch(/boot2\.log, line \d+ \(Linux 6\.12\.117\)/);
    expect(err).toContain("3 reports of 2 kinds of fault in 3 files; 1 without a report");
    out = "";
    await lab(folder, "--group", "--json");
    const first: unknown = JSON.parse(out.split("\n")[0] ?? "");
    expect(first).toMatchObject({
      count: 2,
      whole: true,
      reports: [{ line: 2, date: "2026-01-02T03:04:05" }, { date: null }],
    });
  });

  it("puts a hang to the report that foretold it", async () => {
    const small = new URL("small/AN4-same-objects-decide.txt", import.meta.url);
    file("foretold.log", readFileSync(small, "utf8").replace(/&foo->(\w)_lock/g, "&$1->lock"));
    file("hung.log", hungTasks);
    await lab(folder, "--group");
    expect(out).toMatch(/^circle-\w+ {2}2 reports\n {2}&a->lock -> &b->lock -> &a->lock\n/);
    expect(out).toMatch(/hung\.log, line 1 \(it happened: tasks are blocked\)/);
    out = "";
    await lab(file("hung.log", hungTasks), "--json");
    expect(JSON.parse(out)).toMatchObject({
      kind: "hung-tasks",
      signature: { text: "&a->lock -> &b->lock -> &a->lock" },
    });
  });

  it("prints one view of a report at a time", async () => {
    const path = file("none.txt", kernelSplats.none);
    await expect(lab(path, "--c", "--cell")).rejects.toThrow("--cell and --c exclude each other");
    expect(out).toBe("");
  });

  it("excludes what is about one report", async () => {
    await expect(lab(folder, "--group", "--cell")).rejects.toThrow(/--group and --cell exclude/);
  });
});

describe("lab splat --json", () => {
  it("has the whole explanation beside the facts", async () => {
    await lab(file("none.txt", kernelSplats.none), "--json");
    expect(JSON.parse(out)).toMatchObject({
      signature: { whole: true },
      edges: [{ learnt: "earlier", gap: null }, {}, { learnt: "now" }],
      timeline: { cpus: 2 },
      explanation: {
        title: "A circle in the order of locks",
        rule: expect.stringContaining("one order") as unknown,
      },
    });
  });
});
