/** What `lab splat` prints of blocked tasks: which waits for which, drawn, explained, as a scene. */
import type { Scene } from "../../splat/scene/scene.js";
import { sourceOfC } from "../../splat/scene/source-c.js";
import { sourceOf } from "../../splat/scene/source.js";
import { timelineOfScene } from "../../splat/scene/scene-timeline.js";
import { sceneOfWaits } from "../../splat/scene/waits-scene.js";
import { signatureOfWaits } from "../../splat/signature/waits-signature.js";
import type { ListedTask } from "../../splat/waits/read.js";
import { waitRows } from "../../splat/waits/rows.js";
import { waitsOf } from "../../splat/waits/wait-for.js";
import { explainWaits, waitsText } from "../../splat/waits/words.js";
import { waitGraph } from "../../views/graphs/wait-graph.js";
import { writeFigures } from "./splat-figures.js";
import type { SplatOptions } from "./splat-options.js";

const intro =
  "Of the tasks that wait for each other, a lock for each address and each task on a CPU of its own.";

/** Blocked tasks of a text: they are no report of lockdep, but may be what one predicted. */
export async function tellWaits(
  file: string,
  tasks: readonly ListedTask[],
  options: SplatOptions,
): Promise<void> {
  const explanation = explainWaits(tasks);
  if (explanation === null) return;
  const waits = waitsOf(tasks);
  if (options.draw !== undefined && waits.length > 0) {
    writeFigures(options.draw, file, { waits: await waitGraph(waits) });
  }
  const scene = sceneOfWaits(waits);
  if (options.json === true) {
    const line = {
      ...{
        file,
        kind: "hung-tasks",
        signature: signatureOfWaits(tasks),
        facts: explanation,
        waits: waitRows(waits),
      },
      schedule: scene === null ? [] : timelineOfScene(scene, intro),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const made = scene === null ? null : asScene(scene, options);
  const asked = options.c ?? options.cell ?? options.timeline ?? options.premises ?? false;
  process.stdout.write(
    !asked
      ? `${file}\n\n${waitsText(explanation)}\n`
      : (made ??
          `// ${file}: its blocked tasks close no circle of known locks, so they tell no paths to explore\n`),
  );
}

/** Returns what is asked for of a scene. */
function asScene(scene: Scene, options: SplatOptions): string {
  if (options.c === true) return sourceOfC(scene);
  if (options.cell === true) return sourceOf(scene);
  if (options.timeline === true) return `${timelineOfScene(scene, intro).join("\n")}\n`;
  return "The locks are the same ones by their addresses, and the tasks are there: no premise is left to argue.\n";
}
