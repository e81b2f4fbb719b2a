import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderOutputs } from "../../../lib/export/outputs/render.js";
import { showBundle } from "../../../lib/export/outputs/outputs.js";
import { readWorkerMessage, type OutputMessage } from "../../../lib/export/runtime/protocol.js";
import { hostile } from "../fixture.js";

const known: readonly OutputMessage[] = [
  { kind: "text", stream: "stderr", text: hostile },
  { kind: "bundle", bundle: { "text/plain": "x" } },
  { kind: "error", name: "E", value: "v", trace: "t" },
];

/** The HTML that a page makes of an output. */
function htmlOf(output: OutputMessage): string {
  return renderOutputs([output.kind === "bundle" ? showBundle(output.bundle) : output]);
}

describe("what a worker says", () => {
  it.each(known)("is understood: %j", (output) => {
    const message = { kind: "output", cell: "c", output } as const;
    expect(readWorkerMessage({ ...message, more: 1 })).toEqual(message);
  });

  it.each([
    [{ kind: "output", cell: "c", output: { kind: "text", stream: `x"><b>`, text: "" } }],
    [{ kind: "output", cell: "c", output: { kind: "stream", stream: "stdout", text: "" } }],
    [{ kind: "output", cell: "c", output: { kind: "bundle", bundle: { a: 1n } } }],
    [{ kind: "output", cell: 1, output: known[0] }],
    [{ kind: "finished", cell: "c", ok: "yes", milliseconds: 1 }],
    [{ kind: "finished", cell: "c", ok: true, milliseconds: "<b>" }],
    [{ kind: "blocked", cell: "c" }],
    [{ kind: "navigate", cell: "c" }],
    [null],
    [[]],
  ])("is not heard: %s", (message) => {
    expect(readWorkerMessage(message)).toBeUndefined();
  });

  it("makes no element of a page but the lab's own, whatever it is", () => {
    const value = fc.oneof(
      fc.anything({ withNullPrototype: true, withBigInt: true }),
      fc.constantFrom(hostile, "text", "bundle", "error", "stdout", "output"),
      fc.dictionary(
        fc.constantFrom(
          "text/plain",
          "text/html",
          "image/svg+xml",
          "image/png",
          "text/vnd.mermaid",
          "application/vnd.plotly.v1+json",
          "application/vnd.lockdep-lab.frames+json",
        ),
        fc.oneof(fc.constant(hostile), fc.anything()),
      ),
    );
    const output = fc.record(
      { kind: value, stream: value, text: value, bundle: value, name: value, value, trace: value },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.record({ kind: value, cell: value, output }), (data) => {
        const message = readWorkerMessage(data);
        if (message?.kind !== "output") return;
        const html = htmlOf(message.output);
        expect(html).not.toMatch(
          /<(?!\/?(?:pre|strong|figure|div|img|iframe|details|summary|script)\b)/,
        );
        expect(html).not.toMatch(/<img(?! src="data:)/);
        expect(html).not.toMatch(/<script(?! type="application\/json">)/);
      }),
      { numRuns: 2000 },
    );
  });
});
