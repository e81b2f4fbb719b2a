import { describe, expect, it } from "vitest";
import { kernelOf } from "../../../lib/splat/program/kernel.js";
import { kernelSplats } from "../../../lib/splat/samples/index.js";
import { sceneOf } from "../../../lib/splat/scene/scene-of.js";
import { scenarioOfScene } from "../../../lib/splat/scene/scenario.js";
import { sourceOfC } from "../../../lib/splat/scene/source-c.js";
import { readSplats } from "../../../lib/splat/read/read.js";

const report = (version: string, wait: string, name = "&foo->mutex", more = "") => {
  const [read] = readSplats(
    [
      "WARNING: possible recursive locking detected",
      `${version} #1 Not tainted`,
      "foo/7 is trying to acquire lock:",
      `ffff888100000100 (${name}){+.+.}-{${wait}}, at: foo_take+0x1/0x2`,
      "",
      "but task is already holding lock:",
      `ffff888100000200 (${name}){+.+.}-{${wait}}, at: foo_begin+0x1/0x2`,
      ...(more === ""
        ? []
        : ["1 lock held by foo/7:", ` #0: ffffffff82000000 ${more}, at: f+0x1/0x2`]),
      "",
    ].join("\n"),
  );
  if (read === undefined) throw new Error("not read");
  return kernelOf(read);
};

describe("the kernel of a report", () => {
  it("is told by its version", () => {
    expect(report("7.0.0-rc1", "4:4")).toBe("7.0");
    expect(report("6.16.0", "4:4")).toBe("6.16");
    expect(report("6.1.0", "4:4")).toBe("6.12");
  });

  it("had PROVE_RAW_LOCK_NESTING by how what sleeps waits, whatever its version", () => {
    expect(report("6.9.0", "3:3")).toBe("6.12-no-raw-nesting");
    expect(report("6.16.0", "3:3")).toBe("6.16-no-raw-nesting");
    expect(report("6.9.0", "4:4")).toBe("6.12");
  });

  it("had it by how a reader of RCU waits", () => {
    const of = (wait: string) =>
      report("6.9.0", "3:3", "&foo->lock", `(rcu_read_lock){....}-{1:${wait}}`);
    expect(of("2")).toBe("6.12-no-raw-nesting");
    expect(of("3")).toBe("6.12");
  });

  it("had it by default since 6.13 where nothing else tells", () => {
    expect(report("6.9.0", "2:2", "&foo->lock")).toBe("6.12-no-raw-nesting");
    expect(report("6.14.0", "2:2", "&foo->lock")).toBe("6.13");
  });

  it("watches the report's scene too", () => {
    const [read] = readSplats(kernelSplats.none);
    const scene = read === undefined ? null : sceneOf(read);
    if (scene === null) throw new Error("no scene");
    expect(scene.kernel).toBe("6.12");
    expect(scenarioOfScene(scene).kernel).toBe("6.12");
    expect(sourceOfC(scene)).toContain(" * lab: kernel 6.12\n");
  });
});
