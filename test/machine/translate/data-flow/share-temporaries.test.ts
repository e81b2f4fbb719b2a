import { describe, expect, it } from "vitest";
import { explore } from "../../../../lib/explore/index.js";
import {
  type Domain,
  type Process,
  type Variable,
  at,
  int,
  ne,
  scenario,
  set,
  thread,
  translate,
  variable,
} from "../../../../lib/machine/index.js";

const shared = variable("shared", int(0, 3));
const other = variable("other", int(0, 3));
const temporary = (name: string, domain: Domain): Variable => ({
  ...variable(name, domain),
  temporary: true,
});

/** A thread that carries a value through temporaries: from each it goes on to what stands behind it. */
const carrying = (
  locals: readonly Variable[],
  chain: readonly (readonly [string, string])[],
): Process => {
  const named = (name: string) => locals.find((one) => one.name === name) ?? shared;
  // Between two of them something is done that others see.
  const steps = chain.flatMap(([to, from], k) => [
    set(at(named(to)), at(named(from)), `step ${String(k)}`),
    set(at(other), k % 4, `others see ${String(k)}`),
  ]);
  return { ...thread("T", 0, [...steps]), locals };
};

/** What is carried is looked at by somebody. */
const options = (of: Process) => ({
  sizes: { cpu: 1 },
  processes: [of],
  always: { "it is small": ne(at(shared), 3) },
});

const slotsOf = (of: Process): readonly string[] =>
  translate(scenario("carries", options(of)))
    .slots.filter(({ variable: one }) => one?.temporary === true)
    .map(({ name }) => name);

const [a, b] = [temporary("a", int(0, 3)), temporary("b", int(0, 3))];

describe("temporaries of a process", () => {
  it("are one if none holds anything while another does", () => {
    const chain = [
      ["a", "shared"],
      ["shared", "a"],
      ["b", "shared"],
      ["shared", "b"],
    ] as const;
    expect(slotsOf(carrying([a, b], chain))).toHaveLength(1);
  });

  it("stay apart while both hold something", () => {
    const chain = [
      ["a", "shared"],
      ["b", "shared"],
      ["shared", "a"],
      ["shared", "b"],
    ] as const;
    expect(slotsOf(carrying([a, b], chain))).toHaveLength(2);
  });

  it("stay apart if one cannot hold what the other does", () => {
    const chain = [
      ["a", "shared"],
      ["shared", "a"],
      ["c", "shared"],
      ["shared", "c"],
    ] as const;
    expect(slotsOf(carrying([a, temporary("c", int(0, 4))], chain))).toHaveLength(2);
  });

  it("leave what a reader looks up by its name alone", () => {
    const [d, e] = [variable("d", int(0, 3)), variable("e", int(0, 3))];
    const chain = [
      ["d", "shared"],
      ["shared", "d"],
      ["e", "shared"],
      ["shared", "e"],
    ] as const;
    const model = translate(scenario("named", options(carrying([d, e], chain))));
    const names = model.slots.map(({ name }) => name);
    expect([names.includes("d"), names.includes("e")]).toEqual([true, true]);
  });

  it("change nothing of what is reached", () => {
    const chain = [
      ["a", "shared"],
      ["shared", "a"],
      ["b", "shared"],
      ["shared", "b"],
    ] as const;
    const of = (locals: readonly Variable[]) =>
      explore(scenario("same", options(carrying(locals, chain))));
    const plain = of([variable("a", int(0, 3)), variable("b", int(0, 3))]);
    expect(of([a, b]).states).toBe(plain.states);
  });
});
