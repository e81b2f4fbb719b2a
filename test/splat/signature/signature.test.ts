import { describe, expect, it } from "vitest";
import { Lockdep } from "../../../lib/lockdep/index.js";
import { printReport } from "../../../lib/splat/print/index.js";
import { readSplats } from "../../../lib/splat/read/read.js";
import type { SplatReport } from "../../../lib/splat/report/index.js";
import { kvmPiReport } from "../../../lib/splat/samples/kvm-pi-report.js";
import { classNameOf } from "../../../lib/splat/signature/class-name.js";
import { dateOf } from "../../../lib/splat/signature/date.js";
import { groupReports } from "../../../lib/splat/signature/group.js";
import type { Signature } from "../../../lib/splat/signature/named.js";
import { signatureOf } from "../../../lib/splat/signature/signature.js";
import { signatureOfWaits } from "../../../lib/splat/signature/waits-signature.js";
import { hungTasks } from "../../../lib/splat/samples/hung-tasks.js";
import { readTasks } from "../../../lib/splat/waits/read.js";

/** What a machine does: `a>b` takes b under a; `!a` takes a in a hard interrupt, `-a>b` with it off. */
function reportOf(...acts: readonly string[]): SplatReport {
  const lockdep = new Lockdep();
  const lock = (name: string) =>
    lockdep.lockdep_init_map({ id: name, name: `&${name}->lock`, key: name, waitInner: 2 });
  for (const act of acts) {
    const names = act.replace(/[-!]/, "").split(">");
    if (act.startsWith("!")) lockdep.lockdep_hardirq_enter(false, ["irq"]);
    if (act.startsWith("-")) lockdep.lockdep_hardirqs_off(["irq"]);
    const maps = names.map(lock);
    for (const map of maps) lockdep.lock_acquire(map, 0, false, 0, true, null, [`f_${act}`]);
    for (const map of [...maps].reverse()) lockdep.lock_release(map, [`f_${act}`]);
    if (act.startsWith("!")) lockdep.lockdep_hardirq_exit();
    if (/^[-!]/.test(act)) lockdep.lockdep_hardirqs_on(["irq"]);
  }
  const said = lockdep.report === null ? undefined : readSplats(printReport(lockdep.report))[0];
  if (said === undefined) throw new Error(`nothing reported for ${acts.join(", ")}`);
  return said;
}

const signature = (...acts: readonly string[]): Signature => signatureOf(reportOf(...acts));

describe("the signature of a report", () => {
  it("is the same from whichever edge closed the circle", () => {
    const ends = [
      signature("a>b", "b>c", "c>a"),
      signature("c>a", "a>b", "b>c"),
      signature("b>c", "c>a", "a>b"),
    ];
    expect(new Set(ends.map(({ name }) => name)).size).toBe(1);
    expect(ends[0]?.text).toBe("&a->lock -> &b->lock -> &c->lock -> &a->lock");
  });

  it("is another for a circle that runs the other way round, or through another class", () => {
    const one = signature("a>b", "b>c", "c>a").name;
    expect(signature("b>a", "c>b", "a>c").name).not.toBe(one);
    expect(signature("a>b", "b>d", "d>a").name).not.toBe(one);
  });

  it("is one for an interrupt's path, whether the usage or the edge came last", () => {
    const on = "b";
    const edgeLast = reportOf("!a", on, "-a>b");
    const usageLast = reportOf("-a>b", on, "!a");
    expect([edgeLast.kind, usageLast.kind]).toEqual(["irq-safe-unsafe", "irq-inversion"]);
    expect(signatureOf(edgeLast)).toEqual(signatureOf(usageLast));
    expect(signatureOf(edgeLast).text).toBe("&a->lock -> &b->lock");
  });

  it("does not depend on the numbers that classes of one name get at boot", () => {
    const numbered = kvmPiReport.replaceAll("&rq->__lock", "&rq->__lock#3");
    const [one, other] = [kvmPiReport, numbered].map((text) => readSplats(text)[0]);
    if (one === undefined || other === undefined) throw new Error("not read");
    expect(signatureOf(other)).toEqual(signatureOf(one));
  });

  it("keeps classes of one name apart within a circle", () => {
    const [report] = readSplats(kvmPiReport.replaceAll("&p->pi_lock", "&rq->__lock#2"));
    if (report === undefined) throw new Error("not read");
    expect(signatureOf(report)).toMatchObject({ whole: true, size: 3 });
    expect(signatureOf(report).text).toMatch(/&rq->__lock -> .*&rq->__lock \(b\)|\(b\) -> /);
  });
});

describe("the signature of a hang", () => {
  it("is that of the report in which lockdep foretold the circle", () => {
    expect(signatureOfWaits(readTasks(hungTasks))).toEqual(signature("a>b", "b>a"));
  });

  it("is that of the circle whichever task is printed first", () => {
    const [one = "", other = "", rest = ""] = hungTasks.split(/(?=INFO: task foo-b)|(?=\nShowing)/);
    const turned = `${other}${one}${rest}`;
    expect(readTasks(turned)[0]?.comm).toBe("foo-b");
    expect(signatureOfWaits(readTasks(turned))).toEqual(signatureOfWaits(readTasks(hungTasks)));
  });

  it("is where the first task is blocked, without a circle, whatever its number", () => {
    const [one = ""] = hungTasks.split("INFO: task foo-b");
    const told = signatureOfWaits(readTasks(one));
    expect(told).toMatchObject({ text: "blocked in b_take", whole: true });
    expect(signatureOfWaits(readTasks(one.replaceAll("301", "977")))).toEqual(told);
    expect(signatureOfWaits(readTasks("usb 1-1: new device\n"))).toBeNull();
  });
});

describe("the name of a class", () => {
  it.each([
    ["&sb->s_type->i_mutex_key#16/1", "&sb->s_type->i_mutex_key/1"],
    ["&(&base->lock)->rlock", "&base->lock"],
    ["&(&p->alloc_lock)->rlock#2/1", "&p->alloc_lock/1"],
    ["(console_sem).lock", "(console_sem).lock"],
    ["(wq_completion)events", "(wq_completion)events"],
    ["&per_cpu(x, cpu)", "&per_cpu(x, cpu)"],
  ])("of %s is %s", (printed, name) => {
    expect(classNameOf(printed)).toBe(name);
  });
});

describe("reports in groups", () => {
  const found = (file: string, report: SplatReport, date: string | null) => ({
    ...{ file, date, line: report.firstLine, kind: report.kind },
    kernel: report.kernel?.version ?? null,
    signature: signatureOf(report),
  });

  it("are counted, and the first is the earliest where all have a date", () => {
    const groups = groupReports([
      found("b", reportOf("a>b", "b>a"), "2024-02-01T00:00:00"),
      found("a", reportOf("b>a", "a>b"), "2024-01-01T00:00:00"),
      found("c", reportOf("!a", "a"), null),
    ]);
    expect(groups.map(({ reports }) => reports.map(({ file }) => file))).toEqual([
      ["a", "b"],
      ["c"],
    ]);
  });

  it("say which whole circle one with a gap may be, and none that lacks one of its edges", () => {
    const [cut] = readSplats(kvmPiReport.replace(/-> #1 [^]*?(?=-> #0)/, ""));
    const [whole] = readSplats(kvmPiReport);
    if (cut === undefined || whole === undefined) throw new Error("not read");
    const other = reportOf("a>b", "b>a");
    const groups = groupReports([cut, whole, other].map((each, at) => found(`${at}`, each, null)));
    const partial = groups.find(({ signature: { whole: isWhole } }) => !isWhole);
    expect(partial?.perhaps).toEqual([signatureOf(whole).name]);
  });
});

describe("the date of a report", () => {
  it.each([
    ["[Tue Jan  2 03:04:05 2024] WARNING: x", "2024-01-02T03:04:05"],
    ["2024-01-02T03:04:05.123456+01:00 box kernel: WARNING: x", "2024-01-02T03:04:05"],
    ["[    1.000000] WARNING: x", null],
  ])("is told by %s", (line, date) => {
    expect(dateOf([line], 1)).toBe(date);
  });

  it("is that of the mail that holds it", () => {
    const mail = ["Date: Sat, 11 May 2024 01:02:03 +0000", "", "hello", "WARNING: x"];
    expect(dateOf(mail, 4)).toBe("2024-05-11T01:02:03");
  });
});
