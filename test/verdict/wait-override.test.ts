import { expect, it } from "vitest";
import {
  type Statement,
  type WaitOverride,
  lock_map_acquire_try,
  lock_map_release,
  mutex,
  mutex_lock,
  mutex_unlock,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  spin_lock,
  spin_unlock,
  spinlock,
  thread,
  wait_override_map,
} from "../../lib/machine/index.js";
import { lockdepOn } from "../../lib/verdict/index.js";

const outer = raw_spinlock("outer");
const spin = spinlock("spin");
const sleeping = mutex("sleeping");
const spins = [spin_lock(spin), spin_unlock(spin)];
const sleeps = [mutex_lock(sleeping), mutex_unlock(sleeping)];

const said = (override: WaitOverride | null, inside: readonly Statement[]): string | undefined => {
  const map = wait_override_map("map", override ?? 4);
  const within =
    override === null ? inside : [lock_map_acquire_try(map), ...inside, lock_map_release(map)];
  const body = [raw_spin_lock(outer), ...within, raw_spin_unlock(outer)];
  return lockdepOn(scenario("override", { sizes: { cpu: 1 }, processes: [thread("f", 0, body)] }))
    .report?.kind;
};

it("a map that overrides with LD_WAIT_CONFIG lets a spinlock_t be taken under a raw one", () => {
  expect(said(null, spins)).toBe("wait-context");
  expect(said(3, spins)).toBeUndefined();
});

it("only one that overrides with LD_WAIT_SLEEP lets a mutex be taken there", () => {
  expect(said(3, sleeps)).toBe("wait-context");
  expect(said(4, sleeps)).toBeUndefined();
});
