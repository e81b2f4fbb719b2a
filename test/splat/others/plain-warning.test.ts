import { describe, expect, it } from "vitest";
import { whyNone } from "../../../lib/cli/splat/splat-none.js";
import { plainWarning } from "../../../lib/splat/others/plain-warning.js";

const before = [
  "------------[ cut here ]------------",
  "WARNING: at drivers/foo/foo.c:412 foo_update+0x51/0x80()",
  "Pid: 412, comm: foo_ctl Not tainted 3.4.0 #12",
  "Call Trace:",
  " [<ffffffff8103a1b2>] warn_slowpath_common+0x72/0xa0",
  " [<ffffffffa0001a51>] foo_update+0x51/0x80 [foo]",
  " [<ffffffffa0001b20>] foo_ioctl+0x40/0x90 [foo]",
  " [<ffffffff8116a6f1>] sys_ioctl+0x41/0x80",
].join("\n");

describe("a WARN() that prints no condition", () => {
  it("is told with its place and who came there, as only the source says what it asserts", () => {
    expect(plainWarning(before)).toEqual({
      line: 2,
      place: "drivers/foo/foo.c:412 in `foo_update`",
      path: "`foo_ioctl` > `foo_update` (system call)",
    });
    expect(whyNone(before)).toContain("if a lockdep_assert_held() stands there");
  });

  it("is told of newer kernels too, and never of prose", () => {
    const newer = before.replace("WARNING: at", "WARNING: CPU: 1 PID: 412 at");
    expect(plainWarning(newer)?.line).toBe(2);
    expect(plainWarning("We see a WARNING at boot, in foo.c:12.")).toBeNull();
    expect(whyNone("usb 1-1: new device")).not.toContain("WARN()");
  });
});

describe("a WARN() of which a symboliser shows what is inlined there", () => {
  it("is told with the function itself, whose line is the last", () => {
    const lines = [
      "WARNING: CPU: 0 PID: 0 at mm/foo.c:526 bar_unuse include/linux/bar.h:331 [inline]",
      "WARNING: CPU: 0 PID: 0 at mm/foo.c:526 foo_css_alloc+0x535/0x1c30 mm/foo.c:585",
      "CPU: 0 PID: 0 Comm: swapper/0 Not tainted 5.8.0 #0",
    ];
    const [, own = ""] = lines;
    const two = [...lines, own.replaceAll("foo", "baz")].join("\n");
    for (const text of [lines.join("\n"), two])
      expect(plainWarning(text)?.place).toBe("mm/foo.c:526 in `foo_css_alloc`");
  });
});

describe("a report whose lines were run together", () => {
  it("is said to be one, and how to give it", () => {
    const together =
      "[ +0.000001] WARNING: possible recursive locking detected [ +0.000002] 5.4.77 #1 Tainted";
    expect(whyNone(`watchdog: BUG: soft lockup - CPU#1 stuck for 22s!\n${together}`)).toContain(
      "line 2 has the headline of one, run together with the lines after it",
    );
    expect(whyNone("we see WARNING: possible recursive locking detected at boot")).not.toContain(
      "run together",
    );
  });
});
