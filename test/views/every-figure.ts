/** One of each figure, over the samples: for tests that hold for all of them. */
import { sequentialRun } from "../../lib/machine/index.js";
import {
  annotatedSplat,
  callChains,
  eventsInside,
  instanceGraph,
  lockGraph,
  raceMatrix,
  scorecard,
  sequenceDiagram,
  stateGraph,
  statesByDepth,
  stepPlayer,
  timeline,
  usageBits,
  verdictMatrix,
  verdictSquare,
  type Figure,
} from "../../lib/views/index.js";
import { abbaScenario, deadlockTrace } from "./abba.js";
import { circular, kvmGraph, profile, races, scores, splat, verdicts } from "./samples.js";

/** Returns one figure of every kind. */
export async function everyFigure(): Promise<readonly Figure[]> {
  const abba = abbaScenario("&rq->__lock", "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)");
  const trace = deadlockTrace();
  const { events } = sequentialRun(abba);
  return [
    usageBits("{-.+?}-{2:3}", "&per_cpu(wakeup_vcpus_on_cpu_lock, cpu)"),
    await lockGraph(kvmGraph, { report: circular }),
    await instanceGraph(trace),
    annotatedSplat(splat),
    timeline(trace),
    sequenceDiagram(trace),
    callChains([
      { name: "schedule", context: "task", events: eventsInside(events, "schedule") },
      { name: "handler", context: "hardirq", events: eventsInside(events, "handler") },
    ]),
    await stepPlayer(trace),
    await stateGraph(abba, { most: 10 }),
    raceMatrix(races),
    verdictMatrix(verdicts),
    verdictSquare(verdicts.map(({ mutant, quadrant }) => ({ name: mutant, quadrant }))),
    statesByDepth(profile),
    scorecard(scores, "2 CPUs and 2 vCPUs"),
  ];
}
