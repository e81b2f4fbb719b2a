/** Peterson's mutual exclusion of two: "Myths about the mutual exclusion problem" (1981). */
import {
  type Scenario,
  type Statement,
  assign,
  at,
  bool,
  forever,
  int,
  not,
  or,
  ne,
  scenario,
  section,
  step,
  thread,
  variable,
} from "../../machine/index.js";

const interested = variable("interested", bool, { per: [2] });
const turn = variable("turn", int(0, 1));

/** Returns two threads that exclude each other with three shared bits. */
export function peterson(): Scenario {
  return scenario("Peterson", {
    sizes: { cpu: 2 },
    processes: [thread("P0", 0, side(0)), thread("P1", 1, side(1))],
  });
}

function side(me: 0 | 1): readonly Statement[] {
  const other = 1 - me;
  return [
    forever([
      step(`interested[${String(me)}] = 1`, { then: [assign(at(interested, me), true)] }),
      step("turn = other", { then: [assign(turn, other)] }),
      step("wait", { when: or(not(at(interested, other)), ne(turn, other)) }),
      section("critical", []),
      step(`interested[${String(me)}] = 0`, { then: [assign(at(interested, me), false)] }),
    ]),
  ];
}
