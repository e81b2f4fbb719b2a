import { describe, expect, it } from "vitest";
import { adviceFor } from "../../../lib/notebook/kernel/advice.js";
import { compileError, thrownError } from "../../../lib/notebook/kernel/cell-error.js";

const declarations = () =>
  'export type PathLetter = "o" | "w";\nexport type ChangeName =\n    | "irqs-on"\n    | "stale-cpu";\nexport type Change = ChangeName | "other";\nexport type Loose = Subclasses | "x";\nexport type Subclass = 0 | 1;\nexport type Subclasses = readonly Subclass[];\n';
const advice = (message: string) => adviceFor(message, declarations);

describe("what a reader can do about a complaint", () => {
  it.each([
    "Argument of type 'Promise<Figure>' is not assignable to parameter of type 'Figure'.",
    "Type 'Promise<KernelC>' has no call signatures.",
  ])("is to write await, of a Promise: %s", (message) => {
    expect(advice(message)).toEqual([
      "Write await before it: a Promise is a value that comes later.",
    ]);
    expect(advice(`${message} Did you forget to use 'await'?`)).toEqual([]);
  });

  it("is to choose among the names that a type lists", () => {
    expect(advice(`Type '"x"' is not assignable to type 'PathLetter'.`)).toEqual([
      'PathLetter is one of "o", "w".',
    ]);
    const change = 'ChangeName is one of "irqs-on", "stale-cpu".';
    expect(advice(`Type '"x"' is not assignable to type 'ChangeName | undefined'.`)).toEqual([
      change,
    ]);
    expect(
      advice(`Argument of type '"x"' is not assignable to parameter of type 'ChangeName'.`),
    ).toEqual([change]);
    expect(advice(`Type '"x"' is not assignable to type 'Change'.`)).toEqual([
      'Change is one of "irqs-on", "stale-cpu", "other".',
    ]);
    expect(
      advice(`Type '"x"' is not assignable to type 'PathLetter | Subclass | undefined'.`),
    ).toEqual(['It is one of "o", "w", 0, 1.']);
    expect(advice("Type '8' is not assignable to type 'Loose'.")).toEqual([]);
    expect(advice("Type '8' is not assignable to type 'Subclass'.")).toEqual([
      "Subclass is one of 0, 1.",
    ]);
  });

  it("is to call a function that stands in the place of what it gives", () => {
    const said = (of: string) =>
      advice(
        `Argument of type '(x: A) => ${of}' is not assignable to parameter of type 'Scenario'.`,
      );
    expect(said("Scenario")).toEqual(["It is a function that gives one: call it."]);
    expect(said("number")).toEqual([]);
  });

  it("is nothing where the complaint says all", () => {
    expect(advice("Type '8' is not assignable to type 'Subclasses'.")).toEqual([]);
    expect(advice("Cannot find name 'x'.")).toEqual([]);
  });
});

describe("an error that a cell threw", () => {
  const thrown = (...frames: readonly string[]): Error => {
    const error = new TypeError("there is no cpu3", { cause: new TypeError("inner") });
    error.stack = ["TypeError: there is no cpu3", ...frames.map((one) => `    at ${one}`)].join(
      "\n",
    );
    return error;
  };
  const inLab = "translate (file:///lab/dist/machine/translate/translate.js:33:31)";
  const own = "evalmachine.<anonymous>:1:9";

  it("shows the reader's line, and nothing of the lab below it", () => {
    const { traceback } = thrownError(thrown(inLab, own), {
      source: "explore(one as Scenario)",
      output: "explore(one)",
    });
    expect(traceback).toEqual([
      "TypeError: there is no cpu3",
      "    at line 1: explore(one as Scenario)",
      "caused by: TypeError: inner",
    ]);
  });

  it("says once what its cause said already", () => {
    const error = new TypeError("step 1: there is no cpu3", {
      cause: new TypeError("there is no cpu3"),
    });
    const { traceback } = thrownError(error, { source: "x", output: null });
    expect(traceback.join("\n")).not.toContain("caused by");
  });

  it("shows where in the lab, if no line of the reader's is in it", () => {
    const { traceback } = thrownError(thrown(inLab), { source: "x", output: null });
    expect(traceback[1]).toContain("translate (dist/machine/translate/");
  });
});

it("a complaint of the compiler's is shown with what can be done about it", () => {
  const at = { offset: 5, line: 0, character: 5 };
  const { traceback } = compileError(
    [
      {
        start: at,
        end: { ...at, character: 9 },
        messageText:
          "Argument of type 'Promise<Figure>' is not assignable to parameter of type 'Figure'.",
        category: 1,
        code: 2345,
      },
    ],
    "show(late)",
  );
  expect(traceback.at(-1)).toContain("\n  Write await before it");
});
