import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { annotatedSplat } from "../../../lib/views/report/annotated-splat.js";
import { splatParts } from "../../../lib/views/report/splat-parts.js";
import { hostileName, splat } from "../samples.js";
import { expectSoundFigure, visibleText } from "../wellformed.js";

describe("the annotated splat", () => {
  it("is a sound figure that names every part of a circular report", () => {
    expectSoundFigure(() => annotatedSplat(splat));
    const titles = splatParts(splat).map((p) => p.title);
    expect(titles).toEqual([
      "headline",
      "the last step",
      "already held",
      "the old order",
      "a known edge",
      "the new edge",
      "scenario",
      "held locks",
      "backtrace",
    ]);
    const text = visibleText(annotatedSplat(splat).svg);
    for (const part of ["&p->pi_lock", "try_to_wake_up+0x73/0x233", "*** DEADLOCK ***"])
      expect(text).toContain(part);
  });

  it("folds stacks to the functions that matter and says how much is hidden", () => {
    const edge = splatParts(splat, 2).find((p) => p.title === "the new edge");
    expect(edge?.lines).toEqual([
      "-> #0 (&p->pi_lock){-.-.}-{2:2}:",
      "       try_to_wake_up+0x73/0x233",
      "       pi_wakeup_handler+0x8d/0xbd",
      "       … 3 more lines",
    ]);
  });

  it("reads through printk's time stamps", () => {
    const stamped = splat
      .split("\n")
      .map((line) => `[   12.345678][    T1] ${line}`)
      .join("\n");
    expect(splatParts(stamped)).toEqual(splatParts(splat));
  });

  it("reads what the reader of reports reads: quoted mails, wrapped lines", () => {
    const mailed = splat
      .split("\n")
      .map((line) => `> > ${line.replace("{-.-.}-{2:2}, at:", "{-.-.}-{2:2}, at:\n> >")}`)
      .join("\n");
    const titles = (text: string): readonly string[] => splatParts(text).map((p) => p.title);
    expect(titles(mailed)).toEqual(titles(splat));
  });

  it("speaks of what the task does", () => {
    const freed = [
      "WARNING: held lock freed!",
      "6.12.0 #1 Not tainted",
      "foo/7 is freeing memory ffff888100000000-ffff8881000003ff, with a lock still held there!",
      "",
    ].join("\n");
    const step = splatParts(freed).find((p) => p.title === "the last step");
    expect(step?.note).toMatch(/^The task foo, process id 7, frees this memory/);
  });

  it("says so where there is no report", () => {
    for (const text of ["", "hello", "\u0000\u0001"])
      expect(annotatedSplat(text).alt).toContain("no lockdep report");
  });

  it("shows hostile text as text", () => {
    const bad = annotatedSplat(splat.replaceAll("&p->pi_lock", hostileName));
    expect(bad.svg).not.toContain("<script");
    expect(visibleText(bad.svg)).toContain("</text><script>");
  });

  const dir = new URL("../../oracle/kernel-splats/", import.meta.url);
  const reports = readdirSync(dir)
    .map((name) => ({ name, text: readFileSync(new URL(name, dir), "utf8") }))
    .filter(({ text }) => text.includes("lock"));
  it("has the kernel's own reports to explain", () => {
    expect(reports.length).toBeGreaterThan(1);
  });
  it.each(reports)("explains most lines of the kernel's own report $name", ({ text }) => {
    visibleText(annotatedSplat(text).svg);
    const parts = splatParts(text);
    const lines = parts.flatMap((p) => p.lines).length;
    const explained = parts.filter((p) => p.note !== "").flatMap((p) => p.lines).length;
    expect(explained / lines).toBeGreaterThan(0.95);
  });
});
