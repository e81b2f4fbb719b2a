/** A sleeper that looks before it says that it will sleep: the wakeup in between is lost. */
import {
  type Scenario,
  assign,
  bool,
  if_,
  not,
  scenario,
  set,
  step,
  thread,
  variable,
  wait_until,
} from "../../machine/index.js";
import type { StoryOptions } from "./story.js";

const condition = variable("condition", bool);
const asleep = variable("asleep", bool);

/** Returns a sleeper and a waker; `fixed`, the sleeper sets its state before it tests, as `wait_event()`. */
export function lostWakeup({ fixed = false }: StoryOptions = {}): Scenario {
  const prepare = set(asleep, true, "set_current_state(TASK_UNINTERRUPTIBLE)");
  const schedule = wait_until(not(asleep), "schedule()");
  const sleeper = fixed
    ? [prepare, if_(not(condition), [schedule])]
    : [if_(not(condition), [prepare, schedule])];
  return scenario(fixed ? "wait_event()" : "a lost wakeup", {
    sizes: { cpu: 2 },
    processes: [
      thread("sleeper", 0, sleeper),
      thread("waker", 1, [
        set(condition, true, "condition = 1"),
        step("wake_up_process()", { then: [assign(asleep, false)] }),
      ]),
    ],
  });
}
