/** Where the parts of a step player's picture stand: beside each other, or above where a page is narrow. */
import { pageWidth, type Drawing } from "../draw/card.js";
import { group } from "../draw/svg.js";
import { lockdepAt } from "./lockdep.js";
import { cpusAt, valuesAt } from "./machine.js";
import type { Scene } from "./scene.js";

const gap = 28;

const beside = (left: Drawing, right: Drawing): Drawing => ({
  width: left.width + gap + right.width,
  height: Math.max(left.height, right.height),
  nodes: [...left.nodes, group(right.nodes, { x: left.width + gap, y: 0 })],
});

const below = (top: Drawing, bottom: Drawing, between = 0): Drawing => ({
  width: Math.max(top.width, bottom.width),
  height: top.height + between + bottom.height,
  nodes: [...top.nodes, group(bottom.nodes, { x: 0, y: top.height + between })],
});

/** How wide the machine is beside something else. */
const machineWidth = 400;

/** Returns the picture after a step for a page that is wide enough: the source left, or the machine where there is none. */
export function wide(scene: Scene, step: number, failed: readonly string[]): Drawing {
  const machine = below(
    cpusAt(scene, step, machineWidth, 1),
    valuesAt(scene, step, failed, machineWidth),
  );
  const lockdep = lockdepAt(scene, step, 330);
  return scene.source === null
    ? beside(machine, lockdep)
    : beside(scene.source.beside(step), below(machine, lockdep));
}

/** Returns it for a notebook in a window of 900 pixels: the source on top, two CPUs in a row, values beside the graph. */
export function narrow(scene: Scene, step: number, failed: readonly string[]): Drawing {
  const half = (pageWidth - gap) / 2;
  const lockdep = lockdepAt(scene, step, half);
  const fits = lockdep.width <= half;
  const one = scene.trace.start.cpus.length === 1 && fits;
  const cpus = cpusAt(scene, step, one ? half : pageWidth, one ? 1 : 2);
  const values = (width: number): Drawing => valuesAt(scene, step, failed, width);
  const machine = one
    ? beside(below(cpus, values(half)), lockdep)
    : below(cpus, fits ? beside(values(half), lockdep) : below(values(pageWidth), lockdep));
  return scene.source === null ? machine : below(scene.source.above(step), machine, 12);
}
