import { describe, expect, it } from "vitest";
import { createOutbox } from "../../../lib/export/runtime/outbox.js";
import type { OutputMessage } from "../../../lib/export/runtime/protocol.js";

describe("the outbox", () => {
  const bundle: OutputMessage = { kind: "bundle", bundle: {} };
  const text = (piece: string, stream: "stdout" | "stderr" = "stdout"): OutputMessage => ({
    kind: "text",
    stream,
    text: piece,
  });

  it("sends text in few pieces and in order", () => {
    const sent: OutputMessage[] = [];
    const box = createOutbox(
      (one) => sent.push(one),
      () => 0,
    );
    for (const piece of ["a", "b"]) box.add(text(piece));
    box.add(text("c", "stderr"));
    box.add(bundle);
    box.add(text("d"));
    expect(sent).toEqual([text("ab"), text("c", "stderr"), bundle]);
    box.flush();
    expect(sent.at(-1)).toEqual(text("d"));
  });

  it("does not keep text back for long", () => {
    const sent: OutputMessage[] = [];
    let now = 0;
    const box = createOutbox(
      (one) => sent.push(one),
      () => now,
    );
    box.add(text("a"));
    now = 100;
    box.add(text("b"));
    expect(sent).toEqual([text("ab")]);
  });

  it("cuts a flood, and says so", () => {
    const sent: OutputMessage[] = [];
    const limits = { characters: 10, figures: 2, errors: 2, changes: 2 };
    const box = createOutbox(
      (one) => sent.push(one),
      () => 0,
      limits,
    );
    for (let i = 0; i < 1000; i++) box.add(text("123456"));
    expect(sent).toHaveLength(1);
    for (let i = 0; i < 5; i++) box.add(bundle);
    box.flush();
    const all = sent.map((one) => (one.kind === "text" ? one.text : "")).join("");
    expect(all).toBe("1234561234\n[output cut here]\n");
    expect(sent.filter((one) => one.kind === "bundle")).toHaveLength(2);
  });

  it("shows a hundred errors of a flood, and says that there were more", () => {
    const sent: OutputMessage[] = [];
    const box = createOutbox(
      (one) => sent.push(one),
      () => 0,
    );
    const error: OutputMessage = { kind: "error", name: "E", value: "", trace: "" };
    for (let i = 0; i < 100_000; i++) box.add(error);
    box.flush();
    expect(sent).toHaveLength(101);
    expect(sent.at(-1)).toEqual(text("[further errors are not shown]\n", "stderr"));
  });

  it("cuts text that goes from one stream to the other without end", () => {
    const sent: OutputMessage[] = [];
    const box = createOutbox(
      (one) => sent.push(one),
      () => 0,
    );
    for (let i = 0; i < 100_000; i++) box.add(text("x", i % 2 === 0 ? "stdout" : "stderr"));
    box.flush();
    expect(sent.length).toBeLessThan(2100);
    expect(sent.at(-1)).toMatchObject({ text: "\n[output cut here]\n" });
  });
});
