import { explore } from "../../../explore/index.js";
import {
  type Scenario,
  type Statement,
  local_irq_disable,
  scenario,
  sequentialRun,
  thread,
} from "../../../machine/index.js";
import {
  exercise,
  explorerFinds,
  holds,
  lockdepReports,
  on,
  type Exercise,
} from "../../exercise/index.js";
import { waitsForLock } from "../runs/waits-for-lock.js";

/** Returns the exercise to make one thread on one CPU hang at a lock, and lockdep say why. */
export function hangAlone(): Exercise<readonly Statement[]> {
  const alone = (body: readonly Statement[]): Scenario =>
    scenario("alone", {
      sizes: { cpu: 1 },
      processes: [thread("T", 0, [local_irq_disable(), ...body])],
    });
  const staysOff = (body: readonly Statement[]): boolean =>
    !sequentialRun(alone(body)).events.some((event) => event.kind === "hardirqs" && event.on);
  return exercise<readonly Statement[]>("Hang alone", {
    expect: [
      on("alone", alone, explorerFinds("deadlock")),
      holds(
        "it waits for a lock",
        (body) => waitsForLock(explore(alone(body))),
        "it waits for something else, or does not wait",
      ),
      holds("IRQs stay off", staysOff, "something switches them on"),
      on("alone", alone, lockdepReports("recursive")),
    ],
    hints: ["A spinlock does not ask who waits.", "Who could have taken it?"],
    untested: ["whether a caller of yours holds the lock already"],
  });
}
