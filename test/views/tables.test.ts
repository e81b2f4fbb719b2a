import { describe, expect, it } from "vitest";
import { raceMatrix } from "../../lib/views/tables/race-matrix.js";
import { explore } from "../../lib/explore/index.js";
import { depthProfile, statesByDepth } from "../../lib/views/tables/states-by-depth.js";
import { scorecard } from "../../lib/views/tables/scorecard.js";
import { verdictMatrix } from "../../lib/views/tables/verdict-matrix.js";
import { verdictSquare } from "../../lib/views/tables/verdict-square.js";
import { hostileName, profile, races, scores, verdicts } from "./samples.js";
import { abbaScenario } from "./abba.js";
import { expectSoundFigure, visibleText } from "./wellformed.js";

describe("the square of the four answers", () => {
  const programs = [
    { name: "one order", quadrant: "both find nothing" },
    { name: "two orders", quadrant: "both find it" },
    { name: "under a gate", quadrant: "false positive" },
    { name: "a flag", quadrant: "false negative" },
  ] as const;

  it("has each program in its corner: lockdep's answer is the row, what can happen the column", () => {
    expectSoundFigure(() => verdictSquare(programs));
    const { svg } = verdictSquare(programs);
    const place = (name: string): readonly number[] => {
      const [, x, y] =
        new RegExp(`<text x="([\\d.]+)" y="([\\d.]+)"[^>]*>${name}<`).exec(svg) ?? [];
      return [Number(x), Number(y)];
    };
    const [nothing, it, positive, negative] = programs.map(({ name }) => place(name));
    expect(nothing?.[0]).toBe(positive?.[0]);
    expect(it?.[0]).toBe(negative?.[0]);
    expect(nothing?.[1]).toBe(negative?.[1]);
    expect(it?.[1]).toBe(positive?.[1]);
    expect(nothing?.[0]).toBeLessThan(it?.[0] ?? 0);
    expect(nothing?.[1]).toBeLessThan(it?.[1] ?? 0);
  });

  it("tells of programs for which it has no corner, below it", () => {
    const { svg, text } = verdictSquare([{ name: "too large", quadrant: "inconclusive" }]);
    expect(visibleText(svg)).toContain("too large: inconclusive");
    expect(text).toContain("too large: inconclusive");
  });
});

describe("the fix x mutant matrix", () => {
  it("is a sound figure with both verdicts in each cell", () => {
    expectSoundFigure(() => verdictMatrix(verdicts));
    const text = visibleText(verdictMatrix(verdicts).svg).split("\n");
    for (const part of [
      "final",
      "out1",
      "m2",
      "circular",
      "silent",
      "deadlock",
      "19 steps",
      "safe",
    ])
      expect(text).toContain(part);
  });

  it("names every false negative in its alt text, and only those", () => {
    const { alt } = verdictMatrix(verdicts);
    expect(alt).toContain(
      "Lockdep is silent although the code fails: out1 with m2 (deadlock in 19 steps).",
    );
    const clean = verdicts.filter((e) => e.quadrant !== "false negative");
    expect(verdictMatrix(clean).alt).toContain("No false negatives.");
  });

  it("never calls an unfinished exploration safe", () => {
    const [first] = verdicts;
    if (first === undefined) throw new Error("no sample");
    const cut = {
      ...first,
      explorer: { ...first.explorer, verdict: "none", complete: false, steps: null },
      quadrant: "inconclusive",
    } as const;
    const text = visibleText(verdictMatrix([cut]).svg);
    expect(text).toContain("unknown");
    expect(text).not.toMatch(/^safe$/m);
  });

  it("shows hostile names as text", () => {
    const bad = verdicts.map((e) => ({ ...e, fix: hostileName, lockdep: { kind: hostileName } }));
    expect(verdictMatrix(bad).svg).not.toContain("<script");
    visibleText(verdictMatrix(bad).svg);
  });
});

describe("the scorecard", () => {
  it("is a sound figure that names what each fix hides", () => {
    expectSoundFigure(() => scorecard(scores, "2 CPUs"));
    const text = visibleText(scorecard(scores, "2 CPUs").svg).split("\n");
    for (const part of ["none", "circular", "out1", "HIDDEN", "final", "reported"])
      expect(text).toContain(part);
    expect(scorecard(scores, "2 CPUs").text).toContain(
      "out1: lockdep silent, explorer safe, hides m2",
    );
  });

  it("passes only what is silent, safe and hides nothing", () => {
    expect(scorecard(scores, "2 CPUs").alt).toContain("Silent, safe and hiding nothing: final.");
    const none = scores.filter(({ name }) => name !== "final");
    expect(scorecard(none, "2 CPUs").alt).toContain("hiding nothing: none.");
  });

  it("shows no bug as reported where lockdep is off already", () => {
    const [first] = scores;
    if (first === undefined) throw new Error("no sample");
    const text = visibleText(scorecard([first], "2 CPUs").svg).replaceAll("\n", " ");
    expect(text).toContain("lockdep is off");
    expect(text).not.toContain("reported");
  });
});

describe("the race matrix", () => {
  it("is a sound figure that tells races from exclusion", () => {
    expectSoundFigure(() => raceMatrix(races));
    const text = visibleText(raceMatrix(races).svg).split("\n");
    expect(text.filter((l) => l === "✓ never meet")).toHaveLength(2);
    expect(text.filter((l) => l === "⚡ race")).toHaveLength(3);
    expect(text.filter((l) => l === "not measured")).toHaveLength(1);
    expect(raceMatrix(races).alt).toContain("handler and sched_out never meet");
  });

  it("never says never where the search was cut short", () => {
    const figure = raceMatrix({ ...races, complete: false });
    const text = visibleText(figure.svg);
    for (const said of [text, figure.alt, figure.text]) {
      expect(said).not.toMatch(/never|exclude each other/);
      expect(said).toContain(races.bounds);
    }
    expect(text.split("\n").filter((l) => l === "? none seen")).toHaveLength(2);
    expect(text).toContain("at least 25,678 states");
    expect(figure.alt).toContain("handler and sched_out were not seen to meet");
    expectSoundFigure(() => raceMatrix({ ...races, complete: false }));
  });
});

describe("states by depth", () => {
  it("is a sound figure with a bar for every depth", () => {
    expectSoundFigure(() => statesByDepth(profile));
    expect(statesByDepth(profile).svg.match(/class="f-sky"/g)).toHaveLength(4);
    expect(statesByDepth(profile).svg.match(/<rect [^>]*class="f-red"/g)).toHaveLength(1);
    expect(statesByDepth(profile).plotly?.data[0]?.["y"]).toEqual(profile.states);
  });

  it("says whether it is complete", () => {
    expect(statesByDepth(profile).alt).toMatch(/; complete\.$/);
    expect(statesByDepth({ ...profile, complete: false }).alt).toContain("cut short");
  });

  it("draws what an exploration counted, with the first violation at its depth", () => {
    const abba = abbaScenario("&a", "&b");
    const result = explore(abba, { depths: true });
    const drawn = depthProfile(result);
    expect(drawn.states.reduce((sum, n) => sum + n, 0)).toBe(result.states);
    expect(drawn.violation).toBe(result.violations.deadlock?.schedule.length);
    const figure = statesByDepth(drawn);
    expect(figure.svg.match(/<rect [^>]*class="f-red"/g)).toHaveLength(1);
    expect(figure.alt).toContain("121 states");
    expect(() => depthProfile(explore(abba))).toThrow("depths: true");
  });

  it("marks no bar where steps are merged, and says that they are", () => {
    const reductions = { local: true, symmetry: true };
    const drawn = depthProfile(explore(abbaScenario("&a", "&b"), { depths: true, reductions }));
    const figure = statesByDepth(drawn);
    expect(figure.svg).not.toMatch(/<rect [^>]*class="f-red"/);
    expect(figure.alt).toContain("steps that nobody sees merged");
    expect(figure.alt).toContain("first violation after");
  });

  it("draws an empty search and a huge one", () => {
    for (const states of [[], [1], Array.from({ length: 300 }, (_, i) => i * 1e6)])
      expect(visibleText(statesByDepth({ ...profile, states }).svg)).toContain("steps");
  });
});
