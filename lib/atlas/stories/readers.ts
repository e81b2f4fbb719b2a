/** Readers and a fair queue: a second read lock of one task waits behind a writer, who waits for the first. */
import {
  type Scenario,
  forever,
  read_lock,
  read_unlock,
  rwlock,
  scenario,
  thread,
  write_lock,
  write_unlock,
} from "../../machine/index.js";
import type { StoryOptions } from "./story.js";

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
