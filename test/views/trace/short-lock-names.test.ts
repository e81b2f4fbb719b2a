import { describe, expect, it } from "vitest";
import { lockTones } from "../../../lib/views/trace/lock-legend.js";
import { shortLockNames } from "../../../lib/views/trace/short-lock-names.js";

const short = (...names: readonly string[]): readonly string[] => [
  ...shortLockNames(names).values(),
];

describe("short names of locks", () => {
  it("keep what a person calls them", () => {
    const kvm = ["&p->pi_lock", "&rq->__lock", "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)"];
    expect(short(...kvm)).toEqual(["pi", "rq", "wakeup"]);
    expect(short("&dev->mutex", "tty_mutex", "&nbd->config_lock")).toEqual([
      "dev",
      "tty",
      "config",
    ]);
    expect(short("a", "&b", "lock", "fs_reclaim")).toEqual(["a", "b", "lock", "fs_reclaim"]);
  });

  it("are told apart where two would be the same", () => {
    expect(short("&p->pi_lock", "&q->pi")).toEqual(["pi_lock", "pi"]);
    expect(short("&a->lock", "&b->lock")).toEqual(["a", "b"]);
    expect(short("&a->b.lock", "&c->b.lock")).toEqual(["&a->b.lock", "&c->b.lock"]);
  });

  it("have the colour of their class in any order, whatever the subclass", () => {
    const one = lockTones(["&rq->__lock", "&p->pi_lock", "wakeup", "wakeup/1"]);
    const other = lockTones(["wakeup#2", "&p->pi_lock", "&rq->__lock"]);
    for (const name of ["&rq->__lock", "&p->pi_lock"])
      expect(one.get(name)).toEqual(other.get(name));
    expect(one.get("wakeup/1")).toEqual(one.get("wakeup"));
    expect(other.get("wakeup#2")).toEqual(one.get("wakeup"));
    expect(new Set([...one.values()].map(([, ink]) => ink)).size).toBe(3);
  });

  it("have the colours of the course in figures with some of its locks, and of others", () => {
    const wakeup = "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)";
    const all = lockTones(["&p->pi_lock", wakeup, "&rq->__lock"]);
    const some = lockTones(["&rq->__lock", `${wakeup}/1`, "a", "b", "c"]);
    expect(some.get("&rq->__lock")).toEqual(all.get("&rq->__lock"));
    expect(some.get(`${wakeup}/1`)).toEqual(all.get(wakeup));
    expect(new Set([...some.values()].map(([, ink]) => ink)).size).toBe(5);
  });
});
