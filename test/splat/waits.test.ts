import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { otherPastes } from "../../lib/splat/others.js";
import { readTasks } from "../../lib/splat/waits/read.js";
import { circleIn, waitsOf } from "../../lib/splat/waits/wait-for.js";
import { explainWaits, waitsText } from "../../lib/splat/waits/words.js";

const hung = readFileSync(new URL("small/T-hung-tasks-all-locks.txt", import.meta.url), "utf8");
const said = (text: string): string => {
  const explanation = explainWaits(readTasks(text));
  return explanation === null ? "" : waitsText(explanation).replace(/\s+/g, " ");
};

describe("hung tasks with all locks held", () => {
  it("are a deadlock that happened, where each waits for a lock that the next one holds", () => {
    expect(said(hung)).toMatch(/^A deadlock that happened/);
    expect(said(hung)).toContain(
      "foo-a/301 holds &a->lock at ffff888100000010 in a_path and waits for &b->lock at ffff888100000020 in b_take, which foo-b/302 holds, taken in b_path.",
    );
    expect(said(hung)).toContain(
      "foo-b/302 holds &b->lock at ffff888100000020 in b_path and waits for &a->lock at ffff888100000010 in a_take, which foo-a/301 holds",
    );
  });

  it("are read behind the prefixes of logs", () => {
    const logged = hung.replace(/^/gm, "[  123.456789][   T28] ");
    expect(said(logged)).toBe(said(hung));
  });

  it("are none where the locks are others of the same classes", () => {
    const apart = hung.replace("#1: ffff888100000010", "#1: ffff888100000099");
    expect(circleIn(waitsOf(readTasks(apart)))).toEqual([]);
    expect(said(apart)).toMatch(/^Tasks that are blocked/);
    expect(said(apart)).toContain("no task of the text holds it");
  });

  it("close no circle by addresses that are hidden", () => {
    const hidden = hung.replace(/ffff8881000000\d\d/g, "(____ptrval____)");
    expect(said(hidden)).not.toContain("deadlock that happened");
    expect(said(hidden)).toContain("The addresses of the locks, which are hidden");
  });

  it("lack the list of locks where the kernel did not print it", () => {
    const [stacks = ""] = hung.split("Showing all locks");
    expect(said(stacks)).toContain("The list of all locks held");
    expect(said(stacks)).toContain("foo-a/301 has been blocked for 122 s on a_path > b_take");
  });

  it("are not seen where nobody is blocked", () => {
    const [, list = ""] = hung.split("Showing all locks held in the system:");
    expect(explainWaits(readTasks(list))).toBeNull();
    expect(explainWaits(readTasks("usb 1-1: new device\n"))).toBeNull();
  });
});

describe("what other tools print", () => {
  it.each([
    ["BUG: sleeping function called from invalid context at mm/slab.h:420", "sleeping functions"],
    ["BUG: spinlock bad magic on CPU#0, swapper/1", "spinlocks"],
    ["watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [a:1]", "lockup detector"],
    ["lock order reversal:", "WITNESS"],
    [
      "WARNING: ThreadSanitizer: lock-order-inversion (potential deadlock) (pid=1)",
      "ThreadSanitizer",
    ],
  ])("is named: %s", (text, what) => {
    expect(otherPastes(`one\n[  1.000000] ${text}\n`)).toMatchObject([
      { line: 2, what: expect.stringContaining(what) as unknown },
    ]);
    expect(otherPastes("nothing of the kind\n")).toEqual([]);
  });
});
