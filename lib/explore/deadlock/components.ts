/** Strongly connected components: Tarjan, "Depth-first search and linear graph algorithms" (1972), without recursion. */

/** An edge between two states. */
interface Edge {
  readonly from: number;
  readonly to: number;
}

/** Returns the sets of states that lead to each other, those that lead to nobody but themselves among them. */
export function components(
  edges: readonly Edge[],
  within: ReadonlySet<number>,
): readonly ReadonlySet<number>[] {
  const next = new Map<number, number[]>([...within].map((state) => [state, []]));
  for (const { from, to } of edges) if (within.has(to)) next.get(from)?.push(to);
  const found: ReadonlySet<number>[] = [];
  const order = new Map<number, number>();
  const lowest = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  for (const root of within) {
    if (order.has(root)) continue;
    const path = [{ state: root, at: 0 }];
    for (let top = path[0]; top !== undefined; top = path[path.length - 1]) {
      const { state } = top;
      if (!order.has(state)) {
        order.set(state, order.size);
        lowest.set(state, order.get(state) ?? 0);
        open.push(state);
        isOpen.add(state);
      }
      const to = next.get(state)?.[top.at++];
      if (to !== undefined) {
        if (!order.has(to)) path.push({ state: to, at: 0 });
        else if (isOpen.has(to)) lower(lowest, state, order.get(to) ?? 0);
        continue;
      }
      path.pop();
      const below = path[path.length - 1];
      if (below !== undefined) lower(lowest, below.state, lowest.get(state) ?? 0);
      if (lowest.get(state) !== order.get(state)) continue;
      const members = open.splice(open.lastIndexOf(state));
      for (const member of members) isOpen.delete(member);
      found.push(new Set(members));
    }
  }
  return found;
}

function lower(lowest: Map<number, number>, state: number, to: number): void {
  lowest.set(state, Math.min(lowest.get(state) ?? to, to));
}
