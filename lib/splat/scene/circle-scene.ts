/** The scene of a circle: every edge on a CPU of its own, what is waited for as a wait. */
import type { SplatEdge } from "../evidence/edges/edge.js";
import { waitsIn } from "../explain/suspects/find.js";
import { foldStack } from "../stacks/fold-stack.js";
import { isHelper, ownerOf } from "../stacks/owner.js";
import type { SceneBuilder } from "./builder.js";
import type { Scene, SceneStep, SceneThread } from "./scene.js";

/** From one lock of a circle to the next, over what stands for waiting between. */
interface Leg {
  readonly from: string;
  readonly to: string;
  readonly waits: readonly string[];
  readonly edges: readonly SplatEdge[];
}

/** Returns the scene of the edges round a circle, or null where they are too few. */
export function circleScene(builder: SceneBuilder): Scene | null {
  const { evidence } = builder.kinds;
  const { edges } = evidence;
  if (edges.length < 2) return null;
  const legs = legsOf(edges, waitsIn(evidence));
  const threads: SceneThread[] = [];
  for (const leg of legs) threads.push(...legThreads(builder, leg, threads.length));
  const writers = builder.writersOf(
    new Set(legs.map(({ from }) => builder.lock(from))),
    threads.length,
  );
  return builder.scene([...threads, ...writers], [], { writers: writers.map(({ name }) => name) });
}

/** Without a lock in the circle every class counts as one: that is the worst it can mean. */
function legsOf(edges: readonly SplatEdge[], waits: ReadonlySet<string>): readonly Leg[] {
  const first = edges.findIndex(({ from }) => !waits.has(from));
  const turned = first < 0 ? edges : [...edges.slice(first), ...edges.slice(0, first)];
  const isWait = (name: string): boolean => first >= 0 && waits.has(name);
  const legs: Leg[] = [];
  for (const edge of turned) {
    const open = legs.at(-1);
    if (open !== undefined && isWait(open.to)) {
      const { from } = open;
      legs[legs.length - 1] = {
        from,
        to: edge.to,
        waits: [...open.waits, open.to],
        edges: [...open.edges, edge],
      };
    } else legs.push({ from: edge.from, to: edge.to, waits: [], edges: [edge] });
  }
  return legs;
}

function legThreads(
  builder: SceneBuilder,
  { from, to, waits, edges }: Leg,
  cpu: number,
): readonly SceneThread[] {
  const { reads } = builder;
  const [outer, inner] = [builder.lock(from), builder.lock(to)];
  const [first] = edges;
  const last = edges.at(-1);
  const name = nameOf(first, cpu);
  const [wait] = waits;
  if (wait === undefined) {
    return [builder.thread(name, cpu, builder.nest([outer, inner], [], reads))];
  }
  const within = builder.nest([inner], [], reads);
  const held = (steps: readonly SceneStep[]): readonly SceneStep[] =>
    builder.nest([outer], steps, reads);
  if (waits.includes("fs_reclaim")) {
    return [builder.thread(name, cpu, held([{ op: "allocate", steps: within }]))];
  }
  if (waits.some((each) => /\(w(?:q|ork)_completion\)|work\)+$/.test(each))) {
    const work = builder.wait(waits.at(-1) ?? wait, "work", within);
    return [
      builder.thread(name, cpu, [
        { op: "signal", wait: work },
        ...held([{ op: "wait", wait: work }]),
      ]),
    ];
  }
  const done = builder.wait(wait, "completion", []);
  return [
    builder.thread(name, cpu, held([{ op: "wait", wait: done }])),
    builder.thread(nameOf(last, cpu + 1), cpu + 1, [...within, { op: "signal", wait: done }]),
  ];
}

/** The developer's own function says more than a helper that only takes the lock. */
function nameOf(edge: SplatEdge | undefined, cpu: number): string {
  const frames = edge?.frames ?? [];
  const own = foldStack(frames).functions.find((name) => !isHelper(name));
  return ownerOf(frames)?.name ?? own ?? `path_${cpu + 1}`;
}
