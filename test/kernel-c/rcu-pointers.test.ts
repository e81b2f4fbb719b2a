import { describe, expect, it } from "vitest";
import { lockdepOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

/** What lockdep says of a pointer that is read so. */
function said(read: string, declared = ""): string | null {
  const text = `/* lab: thread f on 0 */
struct foo { int x; /* 0..1 */ };
static struct foo a;
static struct foo *gp = &a;
static DEFINE_SPINLOCK(l);
static DEFINE_SRCU(s);
${declared}
static void f(void) { struct foo *p; int idx = 0; ${read} }
`;
  const { report } = lockdepOn(kernelC(text));
  return report === null ? null : `${report.kind}: ${"message" in report ? report.message : ""}`;
}

const suspicious = "warn: suspicious RCU usage: suspicious rcu_dereference_check() usage!";
const unprotected = "warn: suspicious RCU usage: suspicious rcu_dereference_protected() usage!";

describe("a pointer that RCU protects", () => {
  it.each([
    ["rcu_read_lock(); p = rcu_dereference(gp); rcu_read_unlock();", null],
    ["p = rcu_dereference(gp);", suspicious],
    ["rcu_read_lock(); rcu_read_unlock(); if (rcu_dereference(gp)) { p = NULL; }", suspicious],
    ["rcu_read_lock_bh(); p = rcu_dereference(gp); rcu_read_unlock_bh();", suspicious],
    ["rcu_read_lock_bh(); p = rcu_dereference_bh(gp); rcu_read_unlock_bh();", null],
    ["p = rcu_access_pointer(gp);", null],
    ["p = rcu_dereference_raw(gp);", null],
    ["p = rcu_dereference_check(gp, lockdep_is_held(&l));", suspicious],
    ["spin_lock(&l); p = rcu_dereference_check(gp, lockdep_is_held(&l)); spin_unlock(&l);", null],
    ["p = rcu_dereference_check(gp, 1);", null],
    ["p = rcu_dereference_check(gp, 0);", suspicious],
    ["p = rcu_dereference_protected(gp, lockdep_is_held(&l));", unprotected],
    ["p = rcu_dereference_protected(gp, true);", null],
    [
      "spin_lock(&l); p = rcu_dereference_protected(gp, rcu_read_lock_held() || lockdep_is_held(&l)); spin_unlock(&l);",
      null,
    ],
    ["p = rcu_replace_pointer(gp, NULL, lockdep_is_held(&l));", unprotected],
    ["p = srcu_dereference(gp, &s);", suspicious],
    ["idx = srcu_read_lock(&s); p = srcu_dereference(gp, &s); srcu_read_unlock(&s, idx);", null],
    ["rcu_read_lock(); p = srcu_dereference(gp, &s); rcu_read_unlock();", suspicious],
    [
      "spin_lock(&l); p = srcu_dereference_check(gp, &s, lockdep_is_held(&l)); spin_unlock(&l);",
      null,
    ],
    ["p = rtnl_dereference(gp);", unprotected],
    ["rtnl_lock(); p = rtnl_dereference(gp); rtnl_unlock();", null],
    ["rtnl_lock(); p = rcu_dereference_rtnl(gp); rtnl_unlock();", null],
  ])("%s", (read, expected) => {
    expect(said(read)).toBe(expected);
  });
});
