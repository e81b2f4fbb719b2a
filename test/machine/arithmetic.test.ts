import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import {
  type Expr,
  type Operand,
  type Statement,
  add,
  assert,
  assign,
  bit_and,
  bit_or,
  bit_xor,
  choose,
  div,
  eq,
  forever,
  int,
  le,
  lt,
  max,
  min,
  mod,
  mul,
  scenario,
  set,
  shift_left,
  shift_right,
  step,
  sub,
  thread,
  variable,
  wait_until,
} from "../../lib/machine/index.js";
import { agree } from "../explore/agreement.js";
import { agreeWithSpin, hasSpin } from "../explore/spin.js";

const x = variable("x", int(-9, 9));
const y = variable("y", int(-9, 9));
const z = variable("z", int(-600, 600));
const one = (...body: readonly Statement[]) =>
  scenario("one", { sizes: {}, processes: [thread("T", body)] });
const values = [-9, -5, -2, -1, 0, 1, 2, 3, 4, 7, 9];

type Operation = readonly [
  string,
  (a: Operand, b: Operand) => Expr,
  (a: number, b: number) => number,
];
const operations: readonly Operation[] = [
  ["*", mul, (a, b) => a * b],
  ["/", div, (a, b) => Math.trunc(a / b)],
  ["%", mod, (a, b) => a % b],
  ["&", bit_and, (a, b) => a & b],
  ["|", bit_or, (a, b) => a | b],
  ["^", bit_xor, (a, b) => a ^ b],
  ["min", min, (a, b) => Math.min(a, b)],
  ["max", max, (a, b) => Math.max(a, b)],
];

describe("an operation", () => {
  it.each(operations)("%s is that of C", (_, of, meant) => {
    const pairs = values.flatMap((a) => values.map((b) => [a, b] as const));
    const checks = pairs
      .filter(([, b]) => b !== 0)
      .flatMap(([a, b]) => [
        set(x, a),
        set(y, b),
        set(z, of(x, y)),
        assert(eq(z, meant(a, b) + 0)),
      ]);
    const { violations } = explore(one(...checks));
    expect(Object.values(violations).map(({ message }) => message)).toEqual([]);
  });

  it.each([
    ["<<", shift_left, (a: number, b: number) => a << b],
    [">>", shift_right, (a: number, b: number) => a >> b],
  ] as const)("%s is that of C, by as many bits as there are", (_, of, meant) => {
    const by = variable("by", int(0, 6));
    const checks = values.flatMap((a) =>
      [0, 1, 2, 6].flatMap((b) => [
        set(x, a),
        set(by, b),
        set(z, of(x, by)),
        assert(eq(z, meant(a, b))),
      ]),
    );
    expect(explore(one(...checks)).violations).toEqual({});
  });

  it("has the same states with reductions and without, and in SPIN", async () => {
    const scene = scenario("bits", {
      sizes: {},
      processes: [
        thread("A", [
          forever([
            choose(int(-2, 2), (n) => step("x", { then: [assign(x, n)] })),
            set(z, bit_or(mul(x, 3), shift_left(bit_and(y, 3), 1))),
            step("y", { then: [assign(y, mod(add(y, 1), 4))] }),
          ]),
        ]),
        thread("B", [forever([wait_until(lt(0, bit_xor(y, 1))), set(y, div(z, max(1, x)))])]),
      ],
    });
    agree(scene);
    if (hasSpin) await agreeWithSpin(scene);
  });
});

describe("a division by 0", () => {
  it.each([
    ["in a value", [set(z, div(4, y))]],
    ["in a remainder", [set(z, mod(x, sub(y, y)))]],
    ["in a guard", [step("if", { when: le(mod(x, y), 4) })]],
  ])("is a misuse %s", (_, body) => {
    const scene = one(set(y, 1), set(y, 0), ...body);
    agree(scene);
    expect(explore(scene).violations.misuse?.message).toBe("a division by 0");
  });

  it("is none where it cannot be", () => {
    expect(explore(one(set(x, 5), set(z, mod(x, 4)), assert(eq(z, 1)))).verdict).toBe("safe");
  });
});

describe("choose() among integers", () => {
  const picked = variable("picked", int(0, 9));
  const states = (over: Parameters<typeof choose>[0]) =>
    explore(
      one(
        choose(over, (n) => step("pick", { then: [assign(picked, n)] })),
        wait_until(lt(picked, 10)),
      ),
    ).states;
  it("tries each of a domain, or of a list", () => {
    expect([states(int(2, 4)), states([1, 5])]).toEqual([1 + 2 * 3, 1 + 2 * 2]);
  });

  it("says which it was", () => {
    const scene = one(
      choose([1, 5], (n) => step("pick", { then: [assign(picked, n)] })),
      assert(eq(picked, 1), "one"),
    );
    const { schedule = [] } = explore(scene).violations.assert ?? {};
    expect(schedule).toHaveLength(2);
  });

  it("refuses more than can be states", () => {
    expect(() => choose(int(0, 5000), () => step("x"))).toThrow(/more than 1024/);
  });
});
