import type { KernelC } from "../../../kernel-c/index.js";
import { sequentialRun } from "../../../machine/index.js";
import type { LockMap } from "../../../primitives/lock.js";
import { exercise, holds, type Exercise } from "../../exercise/index.js";
import { lockdepWatches } from "../runs/lockdep-watches.js";
import { saidOfRuns } from "../runs/shown-to-lockdep.js";
import { WAKEUP, pathsOf, type Paths } from "./paths-of.js";

const handlerInText = /static void pi_wakeup_handler\(void\)\n\{[^}]*\}/;

/**
 * Returns the exercise to write the handler so that lockdep stays silent.
 *
 * @param paths the C of the scheduler and of the three paths; the answer stands in place of its handler
 */
export function anotherHandler(kernelC: KernelC, paths: string): Exercise<string> {
  const pathsWith = (handler: string): Paths =>
    pathsOf(
      kernelC,
      paths.replace(handlerInText, () => handler),
    );
  const takes = (isWanted: (lock: LockMap) => boolean, inFunction: string) => (handler: string) =>
    sequentialRun(pathsWith(handler).handler).events.some(
      (event) =>
        event.kind === "locked" &&
        isWanted(event.map) &&
        event.stack.some((frame) => frame === inFunction),
    );
  const isWakeupLock = ({ name }: LockMap): boolean => name === WAKEUP;
  const isOfTheTask = ({ id }: LockMap): boolean => id === "vcpu_task.pi_lock";
  const said = (handler: string): readonly string[] => {
    const { boot, schedIn, schedOut, handler: mine } = pathsWith(handler);
    const before = [...boot, schedIn];
    return [saidOfRuns([...before, schedOut, mine]), saidOfRuns([...before, mine, schedOut])];
  };
  return exercise<string>("Another handler", {
    expect: [
      holds("it takes the wakeup lock", takes(isWakeupLock, "pi_wakeup_handler"), "it does not"),
      holds("it wakes the task", takes(isOfTheTask, "try_to_wake_up"), "it does not"),
      holds(
        "lockdep is silent, whichever path runs first",
        (handler) => said(handler).every((one) => one === "silent"),
        (handler) => `it says: ${said(handler).join(", ")}`,
      ),
      holds(
        "lockdep watches all the while",
        (handler) => lockdepWatches(pathsWith(handler).handler),
        "it is switched off, or a lock is kept from it",
      ),
    ],
    hints: ["Which order does the handler add?", "Must it wake under the lock?"],
    untested: [
      "whether a vCPU may go away between the two",
      "wakeups that are lost",
      "whether what lockdep is told is so",
    ],
  });
}
