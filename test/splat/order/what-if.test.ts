import { describe, expect, it } from "vitest";
import { Lockdep } from "../../../lib/lockdep/index.js";
import { UnknownNameError } from "../../../lib/primitives/named.js";
import { readOrder } from "../../../lib/splat/read-order.js";
import { orderOfProc } from "../../../lib/splat/order/of-proc.js";
import { edgeName, type OrderGraph } from "../../../lib/splat/order/order.js";
import { readProcLockdep } from "../../../lib/splat/order/read-proc.js";
import { selected } from "../../../lib/splat/order/select.js";
import { whatIfText } from "../../../lib/splat/order/text.js";
import { circleName, guardsOf, whatIf } from "../../../lib/splat/order/what-if.js";
import { kernelSplats } from "../../../lib/splat/samples/index.js";
import { middleLock, timerAndOpen } from "../written-reports.js";

/** A machine that has taken `a>b` and `g>a>b` and so on, each as one nest. */
function machineOf(...nests: readonly string[]): Lockdep {
  const lockdep = new Lockdep();
  for (const nest of nests) {
    const maps = nest
      .split(">")
      .map((name) =>
        lockdep.lockdep_init_map({ id: name, name: `&${name}->lock`, key: name, waitInner: 2 }),
      );
    for (const map of maps) lockdep.lock_acquire(map, 0, false, 0, true, null, ["f"]);
    for (const map of [...maps].reverse()) lockdep.lock_release(map, ["f"]);
  }
  return lockdep;
}

const read = (...texts: readonly string[]): OrderGraph =>
  readOrder(texts.map((text, at) => ({ name: `file ${at + 1}`, text }))).graph;
const famous = read(kernelSplats.none);
const wakeup = "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)";

describe("what if", () => {
  it("an edge is cut: the circle is gone", () => {
    const { before, after, cut, alone } = whatIf(famous, { cut: ["pi_lock -> rq->__lock"] });
    expect([before.circles.length, after.circles.length]).toEqual([1, 0]);
    expect([cut?.edges, alone]).toEqual([[], []]);
  });

  it("a class is split by the function that takes it, as the merged fix does", () => {
    const split = [{ className: wakeup, where: "pi_enable_wakeup_handler" }];
    const { after, graph } = whatIf(famous, { split });
    expect(after.circles).toEqual([]);
    expect(graph.classes).toContain(`${wakeup} (pi_enable_wakeup_handler)`);
  });

  it("a class is split as far as can be: nothing leads through it any more", () => {
    const split = [{ className: "rq->__lock", where: null }];
    expect(whatIf(famous, { split }).after.circles).toEqual([]);
  });

  it("names what is meant where a class, an edge or a place is not there", () => {
    expect(() => whatIf(famous, { cut: ["lock -> rq"] })).toThrow(UnknownNameError);
    expect(() => whatIf(famous, { cut: ["pi_lock"] })).toThrow(
      /written `a -> b`, with blanks\) is called "pi_lock"; there are .*&p->pi_lock -> &rq->__lock/,
    );
    expect(() => whatIf(famous, { cut: ["rq->__lock -> pi_lock"] })).toThrow(/no edge is called/);
    const split = [{ className: wakeup, where: "f" }];
    expect(() => whatIf(famous, { split })).toThrow(/no place where .* pi_enable_wakeup_handler/);
  });

  it("shows the circle of an interrupt, which no cut of the interrupt breaks", () => {
    const { before, alone } = whatIf(read(middleLock));
    expect(before.circles.map(circleName)).toHaveLength(1);
    expect(before.circles[0]?.filter(({ kind }) => kind === "interrupt")).toHaveLength(1);
    expect(alone.map(edgeName)).toEqual(["&d->lock ... -> &c->lock", "&c->lock -> &f->lock"]);
    const own = whatIf(read(timerAndOpen(["lock_acquire", "_raw_spin_lock", "dev_open"])));
    expect(own.before.circles.map(circleName)).toEqual(["&dev->lock -> &dev->lock"]);
    expect(own.cut).toBeNull();
    expect(whatIfText(own, [])).toContain("No cut breaks them all");
  });

  it("says which edges break the circles of several reports at once", () => {
    const other = kernelSplats.none.replaceAll("&p->pi_lock", "&p->other_lock");
    const { before, alone } = whatIf(read(kernelSplats.none, other));
    expect(before.circles).toHaveLength(2);
    expect(alone.map(edgeName)).toEqual([`&rq->__lock -> ${wakeup}`]);
  });

  it("is said in lines that fit a terminal", () => {
    const text = whatIfText(whatIf(famous, { cut: ["pi_lock -> rq->__lock"] }), ["cutting it"]);
    expect(text).toContain("As it is: 1 circle");
    expect(text).toContain("After cutting it: no circle");
    expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(96);
  });
});

describe("the order of a running machine", () => {
  const machine = machineOf("g>a>b", "b>c", "g>b>c");

  it("is read from what lockdep prints in /proc, with the chains as witnesses", () => {
    const graph = read(machine.proc_lockdep(), machine.proc_lockdep_chains());
    expect(graph.edges.map(edgeName).sort()).toEqual([
      "&a->lock -> &b->lock",
      "&b->lock -> &c->lock",
      "&g->lock -> &a->lock",
      "&g->lock -> &b->lock",
    ]);
    const held = graph.edges
      .find(({ to }) => to === "&c->lock")
      ?.witnesses.map((witness) => witness.held);
    expect(held?.map((each) => each?.join()).sort()).toEqual(["&b->lock", "&g->lock,&b->lock"]);
  });

  it("shows the circles behind the one that was reported", () => {
    const closing = machineOf("a>c", "c>a").report;
    expect(closing?.kind).toBe("circular");
    const report = kernelSplats.none
      .replaceAll("&p->pi_lock", "&c->lock")
      .replaceAll("&rq->__lock", "&b->lock")
      .replaceAll(wakeup, "&a->lock");
    // c -> b -> a -> c by the report; a -> b and b -> c besides by the machine.
    const { before } = whatIf(read(report, machine.proc_lockdep()));
    expect(before.circles.length).toBeGreaterThan(1);
  });

  it("names a lock that is held on every occasion of a circle", () => {
    const chains =
      "all lock chains:\nirq_context: 0\n[1] g\n[2] a\n[3] b\n\nirq_context: 0\n[1] g\n[3] b\n[2] a\n\n";
    const graph = orderOfProc(readProcLockdep(chains), "chains");
    const circle = whatIf(graph).before.circles.find(({ length }) => length === 2);
    expect(guardsOf(circle ?? [])).toEqual(["g"]);
    expect(whatIfText(whatIf(graph), [])).toMatch(/only under g: where all hold it/);
  });

  it("splits a class by what is held meanwhile", () => {
    const chains =
      "all lock chains:\nirq_context: 0\n[1] g\n[2] a\n[3] b\n\nirq_context: 0\n[3] b\n[2] a\n\n";
    const graph = orderOfProc(readProcLockdep(chains), "chains");
    const split = [{ className: "a", where: "g" }];
    expect(whatIf(graph).before.circles).toHaveLength(1);
    expect(whatIf(graph, { split }).after.circles).toEqual([]);
    // Where both edges are seen under it, they stay together.
    const both = orderOfProc(
      readProcLockdep(chains.replace("[3] b\n[2] a", "[1] g\n[3] b\n[2] a")),
      "c",
    );
    expect(whatIf(both, { split }).after.circles.map(circleName)).toContain("b -> a (g) -> b");
  });

  it("reads the forms of old and new kernels, and says what it did not understand", () => {
    const text = [
      "all lock classes:",
      "ffffffff8a0b3a40 OPS:      12 FD:    2 BD:    1 -.-.: &rq->__lock#2/1",
      " -> [ffffffff8a0b3a48] (console_sem).lock",
      "",
      "00000000deadbeef FD:    1 BD:    2 ....: (console_sem).lock",
      "",
      "something else",
    ].join("\n");
    const proc = readProcLockdep(text);
    expect(proc.classes).toMatchObject([
      { name: "&rq->__lock#2/1", usage: "-.-.", after: ["(console_sem).lock"] },
      { name: "(console_sem).lock", after: [] },
    ]);
    expect(proc.unread).toEqual([{ line: 7, text: "something else" }]);
    expect(readOrder([{ name: "p", text }]).notes.join()).toContain("line 7: something else");
  });

  it("leads through an interrupt to what is taken in it, but from readers only to writers", () => {
    const proc = (outside: string, inside: string): number =>
      whatIf(
        orderOfProc(
          readProcLockdep(
            `all lock classes:\n1 FD: 2 BD: 1 ${inside}: i\n -> [2] o\n\n2 FD: 1 BD: 2 ${outside}: o\n\n`,
          ),
          "p",
        ),
      ).before.circles.length;
    expect(proc("+...", "-...")).toBe(1);
    expect(proc("+...", ".-..")).toBe(1);
    expect(proc(".+..", "-...")).toBe(1);
    expect(proc(".+..", ".-..")).toBe(0);
    expect(proc("..+.", "-...")).toBe(0);
  });
});

describe("a part of an order", () => {
  const whole = read(machineOf("g>a>b", "b>c", "c>d").proc_lockdep());

  it("is chosen by names, and by how far it is from a class", () => {
    const names = (graph: OrderGraph): readonly string[] => [...graph.classes].sort();
    expect(names(selected(whole, { only: ["a", "&b"], but: ["g-"] }))).toContain("&a->lock");
    expect(names(selected(whole, { but: ["b->", "g->"] }))).toEqual([
      "&a->lock",
      "&c->lock",
      "&d->lock",
    ]);
    expect(() => selected(whole, { only: ["b->", "no such"] })).toThrow(
      /no class is called "no such"; there are .*&a->lock/,
    );
    expect(names(selected(whole, { near: "d->" }))).toEqual(["&c->lock", "&d->lock"]);
    expect(names(selected(whole, { near: "d->", depth: 2 }))).toEqual([
      "&b->lock",
      "&c->lock",
      "&d->lock",
    ]);
  });
});
