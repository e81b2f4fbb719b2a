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
} from "../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const reservation = ww_class("reservation_ww_class");
const [vertices, texture] = [ww_mutex("vertices", reservation), ww_mutex("texture", reservation)];

/** Takes one after the other; `backsOff` if it drops what it holds where somebody older wants that. */
function lockBoth(first: WwMutex, second: WwMutex, backsOff: boolean): readonly Statement[] {
  const then = (held: WwMutex, wanted: WwMutex, other: string, mine: string): Statement =>
    ww_mutex_lock(wanted, reservation, {
      then: [goto_("submit")],
      EDEADLK: backsOff
        ? [ww_mutex_unlock(held), ww_mutex_lock_slow(wanted, reservation), goto_(other)]
        : [goto_(mine)],
    });
  return [
    ww_acquire_init(reservation),
    ww_mutex_lock(first, reservation),
    label("first is held"),
    then(first, second, "second is held", "first is held"),
    label("second is held"),
    then(second, first, "first is held", "second is held"),
    label("submit"),
    ww_mutex_unlock(first),
    ww_mutex_unlock(second),
    ww_acquire_fini(reservation),
  ];
}

/** Returns two tasks that reserve two buffers, and try again on `-EDEADLK`; `fixed`, they back off first. */
export function woundWait(options: StoryOptions = {}): Scenario {
  const { fixed = false } = options;
  return scenario(title("buffers that are reserved in any order", options), {
    sizes: {},
    processes: [
      thread("T0", lockBoth(vertices, texture, fixed)),
      thread("T1", lockBoth(texture, vertices, fixed)),
    ],
  });
}

/** The stories of wound/wait mutexes. */
export const woundWaitStories: readonly Story[] = [
  bad("wound-wait", woundWait(), "deadlock", [180, 9]),
  safe("wound-wait-fixed", woundWait({ fixed: true }), 228),
];
