import { describe, expect, it } from "vitest";
import { countedBuffers } from "../../../lib/export/runtime/buffers.js";
import { createNotebook } from "./cells.js";

const notebook = (): ReturnType<typeof createNotebook> =>
  createNotebook({}, countedBuffers(10_000));

describe("typed arrays of cells", () => {
  it.each([
    ["arrays of numbers", "const a = []; for (;;) a.push(new Float64Array(100));"],
    ["buffers", "const a = []; for (;;) a.push(new ArrayBuffer(800));"],
    ["arrays made from lists", "const a = []; for (;;) a.push(Uint8Array.from([1, 2, 3, 4]));"],
    ["one that is too large by itself", "new Int32Array(1e9)"],
    ["copies", "const a = [new Uint8Array(999)]; for (;;) a.push(new Uint8Array(a[0]));"],
    ["classes of their own", "class B extends Uint8Array {} for (;;) new B(999);"],
  ])("that are made without end are refused: %s", async (_, source) => {
    const { ok, error } = await notebook()(source);
    expect(ok).toBe(false);
    expect(error).toMatch(/^RangeError: .*typed arrays/);
  });

  it("may be as many as there is room for, over cells", async () => {
    const run = notebook();
    expect((await run("let a = new Uint8Array(6000); a.length")).out).toBe("6000\n");
    expect((await run("new Uint8Array(3000).length")).out).toBe("3000\n");
    expect((await run("new Uint8Array(6000)")).ok).toBe(false);
  });

  it("are what they always were in all else", async () => {
    const run = notebook();
    const { out } = await run(`
      const a = Uint8Array.of(3, 1, 2);
      const view = new Uint16Array(new ArrayBuffer(8), 2, 2);
      [a instanceof Uint8Array, [...a.sort()], view.length, ArrayBuffer.isView(view),
        Uint8Array.name, Float64Array.BYTES_PER_ELEMENT, Object.prototype.toString.call(a)]`);
    expect(out).toContain("true, [ 1, 2, 3 ], 2, true, 'Uint8Array', 8, '[object Uint8Array]'");
  });
});
