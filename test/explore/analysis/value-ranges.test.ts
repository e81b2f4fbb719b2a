import { describe, expect, it } from "vitest";
import { neverNone } from "../../../lib/explore/analysis/value-ranges.js";
import { explore } from "../../../lib/explore/index.js";
import {
  CPU,
  type Domain,
  NONE,
  assert,
  at,
  eq,
  id,
  idOrNone,
  ne,
  or,
  scenario,
  set,
  tasks,
  translate,
  variable,
} from "../../../lib/machine/index.js";

/** Tasks that each note their own CPU, then what another noted; and, if wanted, that there is none. */
function notes(domain: Domain, forgets = false) {
  const home = variable("home", domain, { per: [CPU], init: 0 });
  const copy = variable("copy", domain, { per: [CPU], init: 0 });
  const other = variable("other", idOrNone(CPU), { per: [CPU] });
  const process = tasks(
    "T",
    CPU,
    (me) => ({ cpu: me }),
    (me) => [
      set(at(home, me), me),
      set(at(copy, me), at(home, at(copy, me))),
      set(at(other, me), at(copy, me)),
      assert(or(eq(at(other, me), me), ne(at(home, me), NONE))),
      ...(forgets ? [set(at(home, me), NONE)] : []),
    ],
  );
  return scenario("notes", { sizes: { cpu: 3 }, processes: [process] });
}

/** The variables that are never none. */
function something(forgets: boolean): readonly string[] {
  const model = translate(notes(idOrNone(CPU), forgets));
  const slots = neverNone(model);
  return [
    ...new Set(
      model.slots.flatMap(({ variable }, at) => (slots[at] ? [variable?.name ?? ""] : [])),
    ),
  ];
}

describe("a variable that may be none by its declaration", () => {
  it("is never none if it begins as something and is only assigned what is something", () => {
    expect(something(false)).toEqual(["home", "copy"]);
  });

  it("may be none where another that is assigned to it may be", () => {
    expect(something(true)).toEqual([]);
  });

  it("makes the same graph as if it were declared without none, members renamed or not", () => {
    for (const symmetry of [true, false]) {
      const options = { reductions: { local: false, symmetry } };
      const [may, cannot] = [idOrNone(CPU), id(CPU)].map((domain) =>
        explore(notes(domain), options),
      );
      expect(may?.states).toBe(cannot?.states);
      expect(may?.transitions).toBe(cannot?.transitions);
      expect(may?.states).toBeGreaterThan(10);
    }
  });
});
