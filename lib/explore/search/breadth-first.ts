/** Breadth first: the oldest state is visited first, so that each is reached by a shortest way. */
import type { CutShort } from "../result/result.js";
import { chunkStates } from "../parallel/task.js";
import { batchSize } from "../codegen/layout/successor-record.js";
import type { StateSpace, Traversed } from "./strategy.js";
import type { Team } from "./team.js";

/** Goes through the states level by level; where threads are to be had, from some level on in those. */
export function breadthFirst(space: StateSpace): Traversed {
  const { store, record } = space;
  const limit = batchSize * record.stride;
  const levels = [0];
  let cutShort: CutShort | null = null;
  let from = 0;
  while (from < store.count && cutShort === null && !space.isToStartAgain()) {
    const team = space.team(from);
    if (team !== null) return inThreads(space, team, levels);
    const next = store.count;
    let end = 0;
    for (let id = from; id < next; id = space.next) {
      end = space.visitFrom(id, next, end, limit);
      if (end < limit) continue;
      space.insert(end);
      end = 0;
      cutShort = space.check(levels.length - 1, 0);
      if (cutShort !== null || space.isToStartAgain()) break;
    }
    space.insert(end);
    from = next;
    if (store.count > next) levels.push(next);
    cutShort ??= space.check(levels.length - 1, 0);
  }
  return { cutShort, depth: levels.length - 1, levels, bytes: 0 };
}

/**
 * Goes on from the beginning of the last level. What the threads find is added in the order of the states,
 * so that every number is the same as with one thread.
 */
function inThreads(space: StateSpace, team: Team, levels: number[]): Traversed {
  const { store } = space;
  let cutShort: CutShort | null = null;
  let given = levels[levels.length - 1] ?? 0;
  let received = given;
  /** Where the level ends whose successors are being added. */
  let next = store.count;
  try {
    while (received < store.count && cutShort === null && !team.isMistaken) {
      while (team.hasRoom) {
        // No chunk has states of two levels; one of the next level is full, while that still grows.
        const known = given < next ? next : store.count;
        const count = Math.min(chunkStates, known - given);
        const isToGrow = given >= next && count < chunkStates && team.onTheirWay > 0;
        if (count === 0 || isToGrow) break;
        team.give(store.words, given, count);
        given += count;
      }
      received += space.add(team.receive());
      cutShort = space.check(levels.length - 1, team.bytes);
      if (received < next) continue;
      if (store.count > next) levels.push(next);
      next = store.count;
      cutShort ??= space.check(levels.length - 1, team.bytes);
    }
  } finally {
    team.end();
  }
  return { cutShort, depth: levels.length - 1, levels, bytes: team.bytes };
}
