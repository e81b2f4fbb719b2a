import { describe, expect, it } from "vitest";
import { decodeUsage, usageBits } from "../../../lib/views/tables/usage-bits.js";
import { expectSoundFigure, visibleText } from "../wellformed.js";

describe("the usage-bit decoder", () => {
  it("is a sound figure that shows each context", () => {
    expectSoundFigure(() => usageBits("{-.+?}-{2:3}", "&p->pi_lock"));
    const text = visibleText(usageBits("{-.-.}-{2:2}", "&p->pi_lock").svg);
    for (const part of ["hardirq, write", "softirq, read", "&p->pi_lock", "raw_spinlock_t"])
      expect(text).toContain(part);
  });

  it("reads the characters in the kernel's order", () => {
    expect(decodeUsage("{-.+?}").map((b) => `${b.character}${b.context} ${b.access}`)).toEqual([
      "-hardirq write",
      ".hardirq read",
      "+softirq write",
      "?softirq read",
    ]);
  });

  it("is alarmed where a writer waits for itself, not where readers share", () => {
    const alarmed = (usage: string): boolean =>
      usageBits(usage).svg.includes('class="f-redWash s-red"');
    expect([alarmed("{?...}"), alarmed("{..?.}")]).toEqual([true, true]);
    expect([alarmed("{.?..}"), alarmed("{...?}")]).toEqual([false, false]);
  });

  it("says what is wrong with anything else", () => {
    for (const text of ["", "{--}", "{-.-.-.}", "<b>", "{abcd}"])
      expect(() => usageBits(text)).toThrow(/not usage bits: .* are wanted/);
  });
});
