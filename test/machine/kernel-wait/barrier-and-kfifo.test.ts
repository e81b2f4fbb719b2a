import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import {
  type Process,
  type Statement,
  CPU,
  add,
  at,
  barrier,
  barrier_wait,
  bool,
  eq,
  fifo_receive,
  fifo_send,
  id,
  int,
  kfifo,
  kfifo_get,
  kfifo_is_empty,
  kfifo_len,
  kfifo_put,
  le,
  not,
  scenario,
  set,
  spin_lock,
  spin_unlock,
  spinlock,
  tasks,
  thread,
  variable,
} from "../../../lib/machine/index.js";
import { lockdepOn } from "../../../lib/verdict/index.js";
import { agree } from "../../explore/agreement.js";

type More = Omit<Parameters<typeof scenario>[1], "sizes" | "processes">;

const of = (processes: readonly Process[], more: More = {}, sizes = {}) =>
  scenario("threads", { sizes, processes, ...more });

const n = variable("n", int(0, 3));

describe("a barrier", () => {
  const phase = barrier("phase", 2);
  const at_ = variable("at", int(0, 3), { per: [2] });
  const walks = (me: number) => [
    set(at(at_, me), 1),
    barrier_wait(phase),
    set(at(at_, me), 2),
    barrier_wait(phase),
    set(at(at_, me), 3),
  ];
  const together = { "nobody is two phases ahead": le(at(at_, 0), add(at(at_, 1), 1)) };

  it("lets nobody go on before all have come, again and again", () => {
    const scene = of([thread("A", walks(0)), thread("B", walks(1))], { always: together });
    expect(agree(scene)).toEqual([]);
  });

  it("is waited at forever by one too few, and keeps out one too many", () => {
    expect(explore(of([thread("A", walks(0))])).verdict).toBe("deadlock");
    const three = ["A", "B", "C"].map((name) => thread(name, [barrier_wait(phase)]));
    expect(explore(of(three)).verdict).toBe("deadlock");
  });

  it("is none of lockdep's business, and not for atomic context", () => {
    const l = spinlock("l");
    const inside = [spin_lock(l), barrier_wait(barrier("alone", 1)), spin_unlock(l)];
    expect(explore(of([thread("T", inside)])).verdict).toBe("misuse");
    expect(lockdepOn(of([thread("T", inside)])).report).toBeNull();
    expect(() => barrier("b", 0)).toThrow(/from 1 on/);
  });
});

describe("a queue", () => {
  const q = kfifo("q", int(0, 3), 2);
  const got = variable("got", int(0, 3), { per: [2] });

  it("gives what was put in its order", () => {
    const puts = thread("P", [fifo_send(q, 1), fifo_send(q, 2), fifo_send(q, 3)]);
    const takes = thread("C", [fifo_receive(q, at(got, 0)), fifo_receive(q, at(got, 1))]);
    const scene = of([puts, takes], { finally: { order: eq(at(got, 1), add(at(got, 0), 1)) } });
    expect(agree(scene)).toEqual([]);
  });

  it("is waited for where it is full, and where it is empty", () => {
    const fills = thread("P", [fifo_send(q, 1), fifo_send(q, 2), fifo_send(q, 3)]);
    expect(explore(of([fills])).verdict).toBe("deadlock");
    expect(explore(of([thread("C", [fifo_receive(q, n)])])).verdict).toBe("deadlock");
  });

  it("says that it is full or empty where nobody waits", () => {
    const went = variable("went", int(0, 3));
    const tries = (body: readonly Statement[]) =>
      explore(of([thread("T", body)], { finally: { "as told": eq(went, 2) } })).verdict;
    const put = (value: number) => kfifo_put(q, value, [], [set(went, 2)]);
    expect(tries([put(1), put(2), put(3)])).toBe("safe");
    expect(tries([kfifo_get(q, n, [], [set(went, 2)])])).toBe("safe");
    expect(tries([put(1), kfifo_get(q, n), set(went, add(kfifo_len(q), 2))])).toBe("safe");
    expect(
      explore(of([thread("T", [put(1)])], { finally: { none: kfifo_is_empty(q) } })).verdict,
    ).toBe("assert");
  });

  it("holds members of a set, which stay interchangeable", () => {
    const cpus = kfifo("cpus", id(CPU), 2);
    const scene = of(
      [
        tasks(
          "T",
          CPU,
          (me) => ({ cpu: me }),
          (me) => [fifo_send(cpus, me)],
        ),
      ],
      { finally: { two: not(eq(at(cpus.data, 0), at(cpus.data, 1))) } },
      { cpu: 2 },
    );
    agree(scene);
    expect(explore(scene).states).toBe(5);
    expect(explore(scene, { reductions: { local: false } }).states).toBe(3);
  });

  it("has at least one place", () => {
    expect(() => kfifo("q", bool, 0)).toThrow(/1 to 64/);
  });
});
