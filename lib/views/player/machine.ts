/** The machine in the step player: its CPUs, the checks that failed, and what changed. */
import type { Drawing } from "../draw/card.js";
import { group, type SvgNode } from "../draw/svg.js";
import { labelLines, wrap, type TextStyle } from "../draw/text.js";
import { cpuPanel } from "./cpu.js";
import { stateAt, type Scene } from "./scene.js";
import { valuesDrawing } from "./values.js";

const between = 8;

/** Returns the CPUs after a step, so many in a row, in so many pixels. */
export function cpusAt(scene: Scene, step: number, width: number, inRow: number): Drawing {
  const { cpus } = stateAt(scene.trace, step);
  const own = (width - (inRow - 1) * between) / inRow;
  const rowOf = (cpu: number): number => Math.floor(cpu / inRow);
  const nodes: SvgNode[] = [];
  let [y, deepest] = [0, 0];
  for (const [cpu, view] of cpus.entries()) {
    if (cpu % inRow === 0) y = deepest;
    const beside = scene.rows.filter((_, other) => rowOf(other) === rowOf(cpu));
    const panel = cpuPanel(view, cpu, Math.max(1, ...beside), scene.names, own);
    nodes.push(group(panel.nodes, { x: (cpu % inRow) * (own + between), y }));
    deepest = y + panel.height + between;
  }
  return { width, height: deepest, nodes };
}

const failedStyle: TextStyle = { size: 12, bold: true, tone: "red" };

/** Returns what stands below the CPUs: the checks that failed, and the values of variables. */
export function valuesAt(
  scene: Scene,
  step: number,
  failed: readonly string[],
  width: number,
): Drawing {
  const lines = failed.flatMap((text) => wrap(`✗ ${text}`, width, failedStyle));
  const top = lines.length * 16 + 4;
  const before = stateAt(scene.trace, Math.max(0, step - 1));
  const values = valuesDrawing(stateAt(scene.trace, step), before, scene.shown, width);
  return {
    width,
    height: top + values.height + 8,
    nodes: [
      ...labelLines(lines, 0, 14, failedStyle, 16),
      group(values.nodes, { x: 0, y: top + 4 }),
    ],
  };
}
