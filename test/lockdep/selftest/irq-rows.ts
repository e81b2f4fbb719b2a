/** The rows about interrupts: what a lock is used in, and what it is held with. */
import type { LockdepMap } from "../../../lib/index.js";
import type { OneTask } from "../one-task.js";
import { type Cases, type Column, inOrder, perColumn, SPINNING } from "./columns.js";

type Irq = "hard" | "soft";
const inIrq = (t: OneTask, irq: Irq, body: () => void): OneTask =>
  irq === "hard" ? t.inHardirq(body) : t.inSoftirq(body);
const irqOff = (t: OneTask, irq: Irq, body: () => void): OneTask =>
  irq === "hard" ? t.irqsOff(body) : t.bhOff(body);
const once = (c: Column, t: OneTask, map: LockdepMap): void => {
  c.take(t, map).drop(map);
};
const both = (c: Column, t: OneTask, outer: LockdepMap, inner: LockdepMap): void => {
  c.take(t, outer);
  c.take(t, inner).drop(inner, outer);
};

/** Rows of an interrupt, a name and an order of episodes. */
export const irqRows: readonly (readonly [RegExp, (irq: Irq, order: string) => Cases])[] = [
  [
    /^(hard|soft)-irqs-on \+ irq-safe-A\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { A }) => {
        inOrder(
          order,
          () =>
            inIrq(t, irq, () => {
              once(c, t, A);
            }),
          () => {
            once(c, t, A);
          },
        );
      }),
  ],
  [
    /^(s)irq-safe-A => hirqs-on\/(\d+)$/,
    (_, order) =>
      perColumn(SPINNING, "silent", (c, t, { A }) => {
        inOrder(
          order,
          () =>
            t.inSoftirq(() => {
              once(c, t, A);
            }),
          () => {
            t.irqsOff(() => c.take(t, A));
            t.drop(A);
          },
        );
      }),
  ],
  [
    /^(hard|soft)-safe-A \+ irqs-on\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { A }) => {
        inOrder(
          order,
          () =>
            inIrq(t, irq, () => {
              once(c, t, A);
            }),
          () => {
            irqOff(t, irq, () => c.take(t, A));
            t.drop(A);
          },
        );
      }),
  ],
  [
    /^(hard|soft)-safe-A \+ unsafe-B #1\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { A, B }) => {
        inOrder(
          order,
          () => {
            both(c, t, A, B);
          },
          () => {
            once(c, t, B);
          },
          () =>
            inIrq(t, irq, () => {
              once(c, t, A);
            }),
        );
      }),
  ],
  [
    /^(hard|soft)-safe-A \+ unsafe-B #2\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { A, B }) => {
        inOrder(
          order,
          () =>
            irqOff(t, irq, () => {
              both(c, t, A, B);
            }),
          () => {
            once(c, t, B);
          },
          () =>
            inIrq(t, irq, () => {
              once(c, t, A);
            }),
        );
      }),
  ],
  [
    /^(hard|soft)-irq lock-inversion\/(\d+)$/,
    (irq, order) =>
      perColumn(SPINNING, "silent", (c, t, { B }) => {
        const A = t.lock("rwlock A", "rwlock");
        inOrder(
          order,
          () =>
            irqOff(t, irq, () => {
              t.take(A);
              once(c, t, B);
              t.drop(A);
            }),
          () => {
            once(c, t, B);
          },
          () => inIrq(t, irq, () => t.take(A, 2).drop(A)),
        );
      }),
  ],
  [
    /^(hard|soft)-irq read-recursion\/(\d+)$/,
    (irq, order) =>
      perColumn(["wlock", "rlock"], "silent", (c, t, { A }) => {
        const B = t.lock("spin B", "spin");
        inOrder(
          order,
          () => irqOff(t, irq, () => t.take(A).drop(A)),
          () => t.take(A, 2).drop(A),
          () =>
            inIrq(t, irq, () => {
              c.take(t, A);
              t.nest(B).drop(A);
            }),
        );
      }),
  ],
  [
    /^(hard|soft)-irq read-recursion #2\/(\d+)$/,
    (irq, order) =>
      perColumn(["wlock", "rlock"], "silent", (c, t, { A }) => {
        const B = t.lock("spin B", "spin");
        inOrder(
          order,
          () =>
            irqOff(t, irq, () => {
              t.take(B);
              once(c, t, A);
              t.drop(B);
            }),
          () => t.take(A, 2).drop(A),
          () =>
            inIrq(t, irq, () => {
              c.take(t, A);
              t.nest(B).drop(A);
            }),
        );
      }),
  ],
  [
    /^(hard|soft)-irq read-recursion #3\/(\d+)$/,
    (irq, order) =>
      perColumn(["wlock", "rlock"], "silent", (c, t, { A, B }) => {
        inOrder(
          order,
          () =>
            irqOff(t, irq, () => {
              t.take(B);
              once(c, t, A);
              t.drop(B);
            }),
          () => t.take(A, 2).drop(A),
          () => inIrq(t, irq, () => t.take(B, 2).drop(B)),
        );
      }),
  ],
];
