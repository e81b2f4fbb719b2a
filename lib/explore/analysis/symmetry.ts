/**
 * The renamings of interchangeable ids: members of a set that no program names can be permuted, and
 * the state with them, without changing what can happen (Ip and Dill, 1996).
 */
import { CPU, type Model, PROCESS, type Slot, homesOf } from "../../machine/index.js";

/** A renaming of ids, as it acts on a state. */
export interface Renaming {
  /** For each slot, the slot to which its value goes. */
  readonly slots: readonly number[];
  /** For each set, the new number of each member. */
  readonly members: ReadonlyMap<string, readonly number[]>;
  /** The new number of each process. */
  readonly processes: readonly number[];
}

/** A renaming that swaps the first member of a set with another. */
export interface Swap {
  readonly set: string;
  readonly member: number;
  /** Its number among the renamings. */
  readonly renaming: number;
  /** For each renaming, the number of that which does both: first the swap, then the renaming. */
  readonly before: readonly number[];
}

/** A set whose members are interchangeable. */
export interface SymmetricSet {
  readonly name: string;
  /** How many are renamed: so many of the first ones. */
  readonly size: number;
  /** How many there are. */
  readonly members: number;
}

/** The symmetric sets of a model, and all renamings; the first changes nothing. */
export interface Symmetry {
  readonly sets: readonly SymmetricSet[];
  /** The sets of which more could be renamed, had they fewer members. */
  readonly leftOut: readonly SymmetricSet[];
  /** One for each combination of orders; the first set's order changes fastest. */
  readonly renamings: readonly Renaming[];
  /** Of which all renamings are made: each member of each set but the first swapped with that. */
  readonly swaps: readonly Swap[];
  /** For each renaming, a shortest row of swaps that does the same, by their numbers. */
  readonly ways: readonly (readonly number[])[];
}

/**
 * More renamings than this are not tried: of the largest sets only so many members are renamed as leave it at that,
 * or none. Any of the renamings makes a smaller symmetry that is one for itself.
 */
export const mostRenamings = 144;

/**
 * Returns the symmetry of a model.
 *
 * @param of which sets may be renamed, by name; all that can be, if left out
 */
export function symmetryOf(model: Model, of: (set: string) => boolean = () => true): Symmetry {
  const sets = Object.entries(model.scenario.sizes)
    .filter(([name, size]) => size > 1 && (model.named.get(name)?.size ?? 0) === 0)
    .filter(([name]) => of(name) && usedBy(model, name))
    .map(([name, members]) => ({ name, members }))
    .sort((a, b) => a.members - b.members);
  let count = 1;
  const counted = sets.map(({ name, members }): SymmetricSet => {
    let size = members;
    while (count * factorial(size) > mostRenamings) size--;
    count *= factorial(size);
    return { name, size, members };
  });
  const kept = counted.filter(({ size }) => size > 1);
  const orders = ordersOf(kept);
  const renamings = orders.map((order) =>
    renaming(
      model,
      new Map(kept.map(({ name, members }, at) => [name, wholeOrder(order[at], members)])),
    ),
  );
  const leftOut = counted.filter(({ size, members }) => size < members);
  return { sets: kept, leftOut, renamings, ...swapsOf(kept, orders) };
}

/** An order of all members, of one of the first: the others keep their names. */
const wholeOrder = (first: readonly number[] = [], members: number): readonly number[] =>
  Array.from({ length: members }, (_, member) => first[member] ?? member);

/** An order of each set. */
type Orders = readonly (readonly number[])[];

function ordersOf(sets: Symmetry["sets"]): readonly Orders[] {
  return sets.reduce<readonly Orders[]>(
    (all, { size }) => permutations(size).flatMap((p) => all.map((before) => [...before, p])),
    [[]],
  );
}

/** The swaps of the first members, and how all orders are made of them: breadth first from none. */
function swapsOf(
  sets: Symmetry["sets"],
  orders: readonly Orders[],
): Pick<Symmetry, "swaps" | "ways"> {
  const numbers = new Map(orders.map((order, at) => [JSON.stringify(order), at]));
  const numberOf = (order: Orders): number => numbers.get(JSON.stringify(order)) ?? 0;
  const all = sets.flatMap(({ name, size }, s) =>
    Array.from({ length: size - 1 }, (_, at) => ({ set: name, s, member: at + 1 })),
  );
  const swapped = (at: number, member: number): number =>
    at === 0 ? member : at === member ? 0 : at;
  const ways: number[][] = orders.map(() => []);
  const queue = [0];
  for (const from of queue) {
    for (const [at, { s, member }] of all.entries()) {
      const order = orders[from] ?? [];
      const to = numberOf(
        order.map((of, set) => (set === s ? of.map((m) => swapped(m, member)) : of)),
      );
      if (to === 0 || ways[to]?.length !== 0) continue;
      ways[to] = [...(ways[from] ?? []), at];
      queue.push(to);
    }
  }
  const swaps = all.map(({ set, s, member }): Swap => {
    const before = orders.map((order) =>
      numberOf(
        order.map((of, other) =>
          other === s ? of.map((_, m) => of[swapped(m, member)] ?? m) : of,
        ),
      ),
    );
    return { set, member, renaming: before[0] ?? 0, before };
  });
  return { swaps, ways };
}

/** Returns the number of the renaming that does two: first the one, then the other. */
export function composed({ ways, swaps }: Symmetry, first: number, then: number): number {
  return (ways[first] ?? []).reduceRight((rest, swap) => swaps[swap]?.before[rest] ?? rest, then);
}

/** Returns the number of the renaming that undoes one. */
export function inverse({ ways, swaps }: Symmetry, of: number): number {
  return (ways[of] ?? []).reduce((rest, swap) => swaps[swap]?.before[rest] ?? rest, 0);
}

/** Returns all orders of the numbers below `size`, the identity first. */
export function permutations(size: number): number[][] {
  if (size === 0) return [[]];
  return permutations(size - 1).flatMap((shorter) =>
    Array.from({ length: size }, (_, back) => {
      const at = size - 1 - back;
      return [...shorter.slice(0, at), size - 1, ...shorter.slice(at)];
    }),
  );
}

/** Returns the value that a slot has after a renaming. */
export function renamedValue(slot: Slot, value: number, by: Renaming): number {
  const domain = slot.variable?.domain;
  if (domain === undefined || value < 0) return value;
  switch (domain.kind) {
    case "bool":
    case "int":
      return value;
    case "id":
      return by.members.get(domain.set.name)?.[value] ?? value;
    case "process":
      return by.processes[value] ?? value;
  }
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

/** Whether any process or variable is about a set. */
function usedBy(model: Model, name: string): boolean {
  return (
    model.scenario.processes.some(({ over }) => over?.name === name) ||
    model.slots.some(({ variable }) =>
      variable?.per.some((of) => typeof of === "object" && of.name === name),
    )
  );
}

function renaming(model: Model, orders: Renaming["members"]): Renaming {
  const processes = model.processes.map(({ declared, member }) => {
    const set = model.scenario.processes[declared]?.over?.name;
    const to = member === null ? null : (orders.get(set ?? "")?.[member] ?? member);
    return model.processes.findIndex((p) => p.declared === declared && p.member === to);
  });
  const members = new Map([
    ...orders,
    [PROCESS.name, processes],
    ...renamedCpus(model, orders, processes),
  ]);
  const rename = (set: string | undefined, member: number): number =>
    (set === undefined ? undefined : members.get(set)?.[member]) ?? member;
  const places = new Map(
    model.slots.map(({ variable, index }, at) => [`${variable?.name ?? ""}@${index.join()}`, at]),
  );
  const slots = model.slots.map(({ variable, index, process }, at) => {
    if (variable === null) {
      return model.processes[processes[process ?? 0] ?? 0]?.slot ?? at;
    }
    const to = index.map((member, d) => {
      const of = variable.per[d];
      return rename(typeof of === "object" ? of.name : undefined, member);
    });
    return places.get(`${variable.name}@${to.join()}`) ?? at;
  });
  return { slots, members, processes };
}

/** The new name of each CPU where threads have some that nobody named: those go with their threads. */
function renamedCpus(
  { scenario }: Model,
  orders: Renaming["members"],
  processes: readonly number[],
): readonly (readonly [string, readonly number[]])[] {
  const homes = homesOf(scenario);
  if (homes.every((home) => home === null)) return [];
  const own = Array.from({ length: scenario.sizes[CPU.name] ?? 0 }, (_, cpu) => cpu);
  const order = [...(orders.get(CPU.name) ?? own)];
  for (const [process, home] of homes.entries()) {
    if (home !== null) order[home] = homes[processes[process] ?? process] ?? home;
  }
  return [[CPU.name, order]];
}
