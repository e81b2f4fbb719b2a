/**
 * The shape of a search: how many states lie how many steps from the start.
 */
import type { Result } from "../../explore/index.js";
import type { Figure } from "../draw/figure.js";
import { framed, type Drawing } from "../draw/card.js";
import { palette } from "../draw/palette.js";
import { axis, ground, heading } from "../draw/plotly-theme.js";
import { line, rect, type SvgNode } from "../draw/svg.js";
import { label, wrap } from "../draw/text.js";
import { counted, grouped } from "../../primitives/counted.js";

/** What a search counted. */
export interface DepthProfile {
  /** States by their distance from the start, the start itself first. */
  readonly states: readonly number[];
  /** False if the search was cut short: then the profile is only a beginning. */
  readonly complete: boolean;
  /** Such as `2 CPUs, 2 vCPUs`. */
  readonly bounds: string;
  /** Steps to the first violation, or null. */
  readonly violation: number | null;
  /** False if steps are merged, so that no bar is at that distance; true unless told. */
  readonly marked?: boolean;
  readonly transitions?: number;
  readonly seconds?: number;
}

/**
 * Returns the profile of an exploration that was asked for its depths.
 *
 * @throws Error if it was not: `explore(scenario, { depths: true })`
 * @example
 * statesByDepth(depthProfile(explore(abba(), { depths: true }))).name // "states-by-depth"
 */
export function depthProfile(result: Result): DepthProfile {
  const { scenario, depths, complete, transitions, seconds, reductions, verdict } = result;
  if (depths === null) {
    throw new Error("no depths in this result; ask for them: explore(scenario, { depths: true })");
  }
  const sizes = Object.entries(scenario.sizes).map(([set, n]) => counted(n, set));
  const merged = [
    ...(reductions.local ? ["steps that nobody sees merged"] : []),
    ...renamed(reductions),
  ];
  const found =
    verdict === "safe" || verdict === "inconclusive" ? null : result.violations[verdict];
  return {
    states: depths,
    complete,
    bounds: [scenario.name, ...sizes, ...merged].join(", "),
    violation: found?.schedule.length ?? null,
    // A schedule counts every step, the depths of merged steps do not.
    marked: !reductions.local,
    transitions,
    seconds,
  };
}

function renamed({ symmetry }: Result["reductions"]): readonly string[] {
  if (typeof symmetry === "boolean") return symmetry ? ["names aside"] : [];
  return symmetry.map((set) => `names of ${set}s aside`);
}

const plot = { width: 640, height: 220, left: 70, top: 24 } as const;

const markedDepth = ({ violation, marked = true }: DepthProfile): number | null =>
  marked ? violation : null;

/** Returns round values from 0 to the least that covers `top`, at most six of them. */
function ticks(top: number): readonly number[] {
  const rough = Math.max(top, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough) ?? rough);
  return Array.from({ length: Math.ceil(Math.max(top, 1) / step) + 1 }, (_, i) => i * step);
}

function chart(profile: DepthProfile): Drawing {
  const marks = ticks(Math.max(0, ...profile.states));
  const high = marks.at(-1) ?? 1;
  const y = (value: number): number => plot.top + plot.height * (1 - value / high);
  const slot = plot.width / Math.max(profile.states.length, 1);
  const every = Math.max(1, Math.ceil(profile.states.length / 16));
  const grid = marks.flatMap((value): SvgNode[] => [
    line(
      { x: plot.left, y: y(value) },
      { x: plot.left + plot.width, y: y(value) },
      { stroke: "line" },
    ),
    label(grouped(value), plot.left - 8, y(value) + 4, { size: 11, tone: "muted", anchor: "end" }),
  ]);
  const bars = profile.states.flatMap((value, depth): SvgNode[] => {
    const x = plot.left + depth * slot;
    const hit = depth === markedDepth(profile);
    const box = {
      x: x + slot * 0.1,
      y: y(value),
      width: slot * 0.8,
      height: plot.top + plot.height - y(value),
    };
    const bar = rect(box, { fill: hit ? "red" : "sky" });
    const below = plot.top + plot.height + 16;
    const mark =
      depth % every === 0
        ? [label(String(depth), x + slot / 2, below, { size: 11, tone: "muted", anchor: "middle" })]
        : [];
    const flag = hit ? violationFlag(x + slot / 2, y(value)) : [];
    return [bar, ...mark, ...flag];
  });
  const axis = label(
    "steps from the start",
    plot.left + plot.width / 2,
    plot.top + plot.height + 36,
    {
      size: 12,
      anchor: "middle",
    },
  );
  return {
    width: plot.left + plot.width,
    height: plot.top + plot.height + 40,
    nodes: [...grid, ...bars, axis],
  };
}

function violationFlag(x: number, barTop: number): readonly SvgNode[] {
  const anchor = x > plot.left + plot.width / 2 ? "end" : "start";
  return [
    line({ x, y: 6 }, { x, y: barTop }, { stroke: "red", width: 1.5, dash: "4 3" }),
    label("violation", anchor === "end" ? x - 6 : x + 6, 10, {
      size: 12,
      bold: true,
      tone: "red",
      anchor,
    }),
  ];
}

/**
 * Returns the figure of states by depth, as bars.
 *
 * @param profile what the search counted, with its bounds.
 */
export function statesByDepth(profile: DepthProfile): Figure {
  const total = profile.states.reduce((sum, n) => sum + n, 0);
  const peak = profile.states.indexOf(Math.max(0, ...profile.states));
  const size = `${grouped(total)} states${profile.transitions === undefined ? "" : ` and ${grouped(profile.transitions)} transitions`}`;
  const verdict =
    profile.violation === null
      ? "no violation"
      : `first violation after ${counted(profile.violation, "step")}`;
  const extent = profile.complete ? "complete" : "cut short: there may be more";
  const alt =
    `States by depth: ${size} within ${profile.states.length - 1} steps, most (${grouped(profile.states[peak] ?? 0)}) ` +
    `at depth ${peak}; ${verdict}; ${profile.bounds}; ${extent}.`;
  return {
    name: "states-by-depth",
    alt,
    text: [
      "depth  states",
      ...profile.states.map((n, depth) => `${String(depth).padStart(5)}  ${grouped(n)}`),
      `${size}; ${verdict}; ${profile.bounds}; ${extent}`,
    ].join("\n"),
    svg: framed(chart(profile), {
      heading: `${size}, by their distance from the start`,
      alt,
      notes: [`${profile.bounds}; ${verdict}; ${extent}.`],
    }),
    plotly: {
      data: [
        {
          type: "bar",
          x: profile.states.map((_, depth) => depth),
          y: profile.states,
          marker: {
            color: profile.states.map((_, depth) =>
              depth === markedDepth(profile) ? palette.light.red : palette.light.sky,
            ),
          },
          hovertemplate: "%{y:,} states after %{x} steps<extra></extra>",
        },
      ],
      layout: {
        ...ground,
        title: heading(wrap(`${size}, by their distance from the start`, plot.width, { size: 15 })),
        xaxis: axis({ title: { text: "steps from the start" } }),
        yaxis: axis({ title: { text: "states" } }),
        margin: { t: 56, r: 20 },
        height: 380,
      },
      config: { displaylogo: false, responsive: true },
    },
  };
}
