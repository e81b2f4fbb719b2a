/** Readers and a fair queue: a second read lock of one task waits behind a writer, who waits for the first. */
import {
  type Scenario,
  complete,
  completion,
  down_read_non_owner,
  down_write,
  forever,
  read_lock,
  read_unlock,
  rwlock,
  rwsem,
  scenario,
  thread,
  up_read_non_owner,
  up_write,
  wait_for_completion,
  write_lock,
  write_unlock,
} from "../../machine/index.js";
import { type StoryOptions, title } from "./story.js";

const tasklist = rwlock("tasklist_lock");

/** Returns a reader that reads again inside, and a writer; `fixed`, the reader reads once. */
export function readTwice({ fixed = false }: StoryOptions = {}): Scenario {
  const once = [read_lock(tasklist), read_unlock(tasklist)];
  const twice = [read_lock(tasklist), ...once, read_unlock(tasklist)];
  return scenario(fixed ? "a reader and a writer" : "a reader reads again, a writer between", {
    sizes: { cpu: 2 },
    processes: [
      thread("reader", 0, [forever(fixed ? once : twice)]),
      thread("writer", 1, [forever([write_lock(tasklist), write_unlock(tasklist)])]),
    ],
  });
}

const usage = rwsem("usage");
const handed = completion("handed");

/** Returns a read lock that another task drops, taken twice, a writer between; `fixed`, once. Lockdep is told of none. */
export function readForAnother({ fixed = false }: StoryOptions = {}): Scenario {
  const times = fixed ? [0] : [0, 1];
  return scenario(title("a read lock that another task drops", { fixed }), {
    sizes: {},
    processes: [
      thread("submit", [...times.map(() => down_read_non_owner(usage)), complete(handed)]),
      thread("end", [wait_for_completion(handed), ...times.map(() => up_read_non_owner(usage))]),
      thread("writer", [down_write(usage), up_write(usage)]),
    ],
  });
}
