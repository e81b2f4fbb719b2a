import { describe, expect, it } from "vitest";
import { readOrder } from "../../../lib/splat/read-order.js";
import { kernelSplats } from "../../../lib/splat/samples/index.js";
import { orderGraph } from "../../../lib/views/graphs/order-graph.js";

describe("the figure of an order", () => {
  const order = (text: string) => readOrder([{ name: "file", text }]).graph;

  it("shows the edges of circles, and what an interrupt adds to them", async () => {
    const { text, svg } = await orderGraph(order(kernelSplats.none));
    expect(text).toMatch(/^3 classes, 3 edges, 1 circle\n\* /);
    expect(text).toMatch(/\* &p->pi_lock -> &rq->__lock {2}.*__task_rq_lock/);
    expect(svg).toContain("Who is taken under whom");
  });

  it("says which classes are left out, and keeps those on circles", async () => {
    const proc = [
      "all lock classes:",
      ...["a", "b", "c", "d", "e"].map(
        (name, at) => `${at} FD: 1 BD: 1 ....: ${name}\n -> [9] z\n`,
      ),
      "6 FD: 1 BD: 1 ....: z\n -> [0] e\n",
    ].join("\n");
    const { text } = await orderGraph(order(proc), { most: 2 });
    expect(text).toMatch(/^2 classes, 2 edges, 1 circle\n\* e -> z/);
    expect(text).toContain("4 more classes are left out.");
  });
});
