import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { scenarioOfScene } from "../../../lib/splat/scene/scenario.js";
import { sceneOfWaits } from "../../../lib/splat/scene/waits-scene.js";
import { sourceOfC } from "../../../lib/splat/scene/source-c.js";
import { drawWaits } from "../../../lib/splat/waits/drawing.js";
import { readTasks } from "../../../lib/splat/waits/read.js";
import { waitRows } from "../../../lib/splat/waits/rows.js";
import { waitsOf } from "../../../lib/splat/waits/wait-for.js";
import { explainWaits } from "../../../lib/splat/waits/words.js";
import { waitGraph } from "../../../lib/views/graphs/wait-graph.js";

const hung = readFileSync(new URL("../small/T-hung-tasks-all-locks.txt", import.meta.url), "utf8");

/** Another task that waits for a lock of the circle, and one that waits for it. */
const queue = (name: string, pid: number, holds: string, wants: string): string =>
  [
    `INFO: task ${name}:${pid} blocked for more than 60 seconds.`,
    `task:${name}           state:D stack:0     pid:${pid}   ppid:1      flags:0x00004002`,
    " schedule_preempt_disabled+0x15/0x30",
    " __mutex_lock+0x5a1/0xd20",
    " c_take+0x18/0x40",
    " do_syscall_64+0x3b/0x90",
    "",
    `${holds === "" ? "1 lock" : "2 locks"} held by ${name}/${pid}:`,
    ...(holds === "" ? [] : [` #0: ${holds}, at: c_path+0x1/0x2`]),
    ` #${holds === "" ? 0 : 1}: ${wants}, at: c_take+0x18/0x40`,
    "",
  ].join("\n");
const third = queue("foo-c", 303, "", "ffff888100000010 (&a->lock){+.+.}-{3:3}");

describe("who waits for whom", () => {
  it("is drawn with the circle closed, and who waits besides", () => {
    expect(drawWaits(waitsOf(readTasks(hung + third)))).toEqual([
      ".-> foo-a/301  holds &a->lock",
      "|       |  waits for &b->lock",
      "|       v",
      "|   foo-b/302  holds &b->lock",
      "|       |  waits for &a->lock",
      "'-------'",
      "",
      "foo-c/303 --- &a->lock ---> foo-a/301 (in the circle)",
    ]);
  });

  it("is a figure with the waits of the circle in red, and the others not", async () => {
    const { svg, text, alt } = await waitGraph(waitsOf(readTasks(hung + third)));
    expect(alt).toBe("Who waits for whom: 3 waits, a circle of 2 waits: foo-a/301 -> foo-b/302.");
    expect(text).toContain("foo-c/303 --- &a->lock ---> foo-a/301 (in the circle)");
    expect(svg).toContain("blocked for 122 s");
    expect(svg.match(/>&amp;a-(?:>|&gt;)lock</g)).toHaveLength(2);
  });

  it("is no figure where nobody waits", async () => {
    await expect(waitGraph([])).rejects.toThrow("nobody waits for anybody");
  });

  it("is data with what each wait is told by", () => {
    expect(waitRows(waitsOf(readTasks(hung)))).toMatchObject([
      {
        waiter: "foo-a/301",
        waits_for: "&b->lock",
        address: "ffff888100000020",
        holder: "foo-b/302",
        by: "list",
        in_circle: true,
      },
      { waiter: "foo-b/302", holder: "foo-a/301", in_circle: true },
    ]);
    const [, list = ""] = hung.split("Showing all locks held in the system:");
    expect(waitRows(waitsOf(readTasks(list))).map(({ by }) => by)).toEqual([
      "list alone",
      "list alone",
    ]);
  });
});

describe("a circle of waits as a scene", () => {
  it("deadlocks in the explorer, with a lock for each address", () => {
    const scene = sceneOfWaits(waitsOf(readTasks(hung)));
    if (scene === null) throw new Error("no scene");
    expect(explore(scenarioOfScene(scene))).toMatchObject({ verdict: "deadlock", complete: true });
    expect(sourceOfC(scene)).toContain("Each lock is one of the text, by its address.");
  });

  it("keeps two locks of one class apart", () => {
    const one = hung.replaceAll("&b->lock", "&a->lock");
    const scene = sceneOfWaits(waitsOf(readTasks(one)));
    expect(scene?.locks.map(({ className }) => className)).toEqual(["&a->lock", "&a->lock"]);
    expect(scene === null ? "" : explore(scenarioOfScene(scene)).verdict).toBe("deadlock");
  });

  it("is none where the addresses are hidden, or nobody waits in a circle", () => {
    const hidden = hung.replace(/ffff8881000000\d\d/g, "(____ptrval____)");
    expect(sceneOfWaits(waitsOf(readTasks(hidden)))).toBeNull();
    expect(sceneOfWaits(waitsOf(readTasks(third)))).toBeNull();
  });
});

describe("where chains of waits end", () => {
  const rest = [
    "INFO: task writer:7 blocked for more than 60 seconds.",
    "task:writer          state:D stack:0     pid:7   ppid:1      flags:0x00004002",
    " schedule+0x15/0x30",
    " io_wait_page+0x1/0x2",
    " write_path+0x18/0x40",
    "",
    "1 lock held by writer/7:",
    " #0: ffff888100000010 (&a->lock){+.+.}-{3:3}, at: write_path+0x1/0x2",
    "",
  ].join("\n");

  it("is the task that holds what the others wait for and waits for no lock itself", () => {
    const behind = queue(
      "foo-c",
      303,
      "ffff888100000030 (&c->lock){+.+.}-{3:3}",
      "ffff888100000010 (&a->lock){+.+.}-{3:3}",
    );
    const last = queue("foo-d", 304, "", "ffff888100000030 (&c->lock){+.+.}-{3:3}");
    const explained = explainWaits(readTasks(rest + behind + last));
    expect(explained?.circle).toEqual([]);
    expect(explained?.roots).toEqual([
      expect.stringMatching(
        /^2 tasks wait in the end for writer\/7\. It is blocked on .*`io_wait_page`/,
      ),
    ]);
  });

  it("is nowhere in a circle", () => {
    expect(explainWaits(readTasks(hung))?.roots).toEqual([]);
  });
});
