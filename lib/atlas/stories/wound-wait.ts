/** Wound/wait mutexes, of which a task takes several in any order. */
import {
  type Scenario,
  type Statement,
  type WwMutex,
  goto_,
  label,
  scenario,
  thread,
  ww_acquire_fini,
  ww_acquire_init,
  ww_class,
  ww_mutex,
  ww_mutex_lock,
  ww_mutex_lock_slow,
  ww_mutex_unlock,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const reservation = ww_class("reservation_ww_class");
const [vertices, texture] = [ww_mutex("vertices", reservation), ww_mutex("texture", reservation)];

/** Takes one after the other, and begins with the one that it could not get where somebody older wants the first. */
function reserved(first: WwMutex, second: WwMutex): readonly Statement[] {
  const then = (held: WwMutex, wanted: WwMutex, other: string): Statement =>
    ww_mutex_lock(wanted, reservation, {
      then: [goto_("submit")],
      EDEADLK: [ww_mutex_unlock(held), ww_mutex_lock_slow(wanted, reservation), goto_(other)],
    });
  return [
    ww_acquire_init(reservation),
    ww_mutex_lock(first, reservation),
    label("first is held"),
    then(first, second, "second is held"),
    label("second is held"),
    then(second, first, "first is held"),
    label("submit"),
    ww_mutex_unlock(first),
    ww_mutex_unlock(second),
    ww_acquire_fini(reservation),
  ];
}

/** Takes one after the other without a context, as if they were mutexes. */
const plain = (first: WwMutex, second: WwMutex): readonly Statement[] => [
  ww_mutex_lock(first, null),
  ww_mutex_lock(second, null),
  ww_mutex_unlock(second),
  ww_mutex_unlock(first),
];

/** Returns two tasks that take two buffers, each in its own order; `fixed`, in a context that they can back off from. */
export function woundWait(options: StoryOptions = {}): Scenario {
  const take = options.fixed ? reserved : plain;
  return scenario(title("buffers that are reserved in any order", options), {
    sizes: {},
    processes: [thread("T0", take(vertices, texture)), thread("T1", take(texture, vertices))],
  });
}

/** The stories of wound/wait mutexes. */
export const woundWaitStories: readonly Story[] = [
  bad("wound-wait", woundWait(), "deadlock", [19, 2], "recursive"),
  safe("wound-wait-fixed", woundWait({ fixed: true }), 228),
];
