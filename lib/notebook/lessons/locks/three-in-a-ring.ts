import { explore } from "../../../explore/index.js";
import {
  type LockRef,
  type Process,
  forever,
  raw_spin_lock,
  raw_spin_unlock,
  raw_spinlock,
  scenario,
  thread,
} from "../../../machine/index.js";
import { predict, type Prediction } from "../../exercise/index.js";

/** Returns the question after how many steps three threads in a ring can all hang. */
export function threeInARing(): Prediction<number> {
  const [a, b, c] = [raw_spinlock("a"), raw_spinlock("b"), raw_spinlock("c")];
  const result = () =>
    explore(
      scenario("three in a ring", {
        sizes: { cpu: 3 },
        processes: [inOrder(0, a, b), inOrder(1, b, c), inOrder(2, c, a)],
      }),
    );
  return predict<number>("After how many steps can they all hang?", {
    actual: () => result().violations.deadlock?.schedule.length ?? 0,
    because: () => result().summary,
  });
}

const inOrder = (cpu: number, first: LockRef, second: LockRef): Process =>
  thread(`T${String(cpu)}`, cpu, [
    forever([
      raw_spin_lock(first),
      raw_spin_lock(second),
      raw_spin_unlock(second),
      raw_spin_unlock(first),
    ]),
  ]);
