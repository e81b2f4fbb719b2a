import { describe, expect, it } from "vitest";
import { explore } from "../../../lib/explore/index.js";
import { stateGraph } from "../../../lib/views/graphs/state-graph.js";
import { stateSpace } from "../../../lib/machine/run/state-space.js";
import { abbaScenario } from "../abba.js";
import { hostileName } from "../samples.js";
import { expectSoundFigure, visibleText } from "../wellformed.js";

const abba = abbaScenario("&a", "&b");
const result = explore(abba);
const schedule = result.violations.deadlock?.schedule ?? [];
const whole = await stateGraph(abba, { schedule, violation: "deadlock", most: 500 });
const collapsed = await stateGraph(abba, { schedule, violation: "deadlock", most: 10 });

describe("the state space", () => {
  it("has the states and transitions that the explorer counts", () => {
    const space = stateSpace(abba, 1000);
    expect([space.states.length, space.steps.length]).toEqual([result.states, result.transitions]);
    expect(space.complete).toBe(true);
  });

  it("says that it is cut short", () => {
    expect(stateSpace(abba, 5)).toMatchObject({ complete: false });
    expect(stateSpace(abba, 5).states).toHaveLength(5);
  });
});

describe("the state graph", () => {
  it("is a sound figure, the same every time", async () => {
    expect(await stateGraph(abba, { schedule, violation: "deadlock", most: 10 })).toEqual(
      collapsed,
    );
    expectSoundFigure(() => whole);
    expectSoundFigure(() => collapsed);
  });

  it("shows every state where they are few enough", () => {
    expect(visibleText(whole.svg).match(/^(?:state \d+|start|after step \d+)$/gm)).toHaveLength(
      result.states,
    );
    expect(whole.alt).not.toContain("collapsed");
  });

  it("collapses a large one to the path, and counts all the others", () => {
    const text = visibleText(collapsed.svg);
    const others = [...text.matchAll(/^(\d+) states?$/gm)].reduce(
      (sum, m) => sum + Number(m[1]),
      0,
    );
    const alone = text.match(/^(?:state \d+|start|after step \d+)$/gm)?.length ?? 0;
    expect(others + alone).toBe(result.states);
    expect(collapsed.alt).toContain(`path to the deadlock takes ${schedule.length} steps`);
  });

  it("refuses a schedule of something else", async () => {
    await expect(stateGraph(abba, { schedule: [0, 0, 0] })).rejects.toThrow(
      /step \d of the schedule/,
    );
  });

  it("never calls a search that was cut short whole", async () => {
    expect((await stateGraph(abba, { limit: 8 })).alt).toContain("cut short");
  });

  it("shows a hostile name as text", async () => {
    const bad = abbaScenario(hostileName, "&b");
    const figure = await stateGraph({ ...bad, name: hostileName });
    expect(figure.svg).not.toContain("<script");
    visibleText(figure.svg);
  });
});
