/** The order that a running machine's lockdep has learnt. */
import { decodeCharacters } from "../evidence/usage/usage-characters.js";
import { graphOf, type OrderEdge, type OrderGraph, type Witness } from "./order.js";
import type { ProcChain, ProcClass, ProcLockdep } from "./read-proc.js";

/**
 * Returns the edges of `/proc/lockdep`, each with the chains that show it. Where only the chains
 * were read their neighbours are the edges: more than lockdep has, since a trylock makes none.
 *
 * @param proc as `readProcLockdep()` gives it
 * @param source what it is called in answers
 */
export function orderOfProc(proc: ProcLockdep, source: string): OrderGraph {
  const shown = witnessesOf(proc.chains, source);
  const names = proc.classes.map(({ name }) => name);
  if (proc.classes.length === 0) {
    return graphOf(
      [...shown].map(([pair, witnesses]) => {
        const [from = "", to = ""] = pair.split("\n");
        return { from, to, kind: "order", witnesses };
      }),
    );
  }
  const bare: Witness = { source, frames: [], held: null, learnt: "earlier" };
  const orders = proc.classes.flatMap(({ name, after }) =>
    after.map((to): OrderEdge => ({
      from: name,
      to,
      kind: "order",
      witnesses: shown.get(`${name}\n${to}`) ?? [bare],
    })),
  );
  return graphOf([...orders, ...interruptsOf(proc.classes, bare)], names);
}

/** For each pair of neighbours the chains with it; a chain that another goes on from adds nothing. */
function witnessesOf(chains: readonly ProcChain[], source: string): ReadonlyMap<string, Witness[]> {
  const shown = new Map<string, Witness[]>();
  const told = new Set<string>();
  for (const { context, classes } of chains) {
    for (let at = 1; at < classes.length; at++) {
      const pair = `${classes[at - 1] ?? ""}\n${classes[at] ?? ""}`;
      const held = classes.slice(0, at);
      const key = `${pair}\n\n${held.join("\n")}`;
      if (told.has(key)) continue;
      told.add(key);
      const where = context === "0" ? source : `${source} (irq context ${context})`;
      const witness: Witness = { source: where, frames: [], held, learnt: "earlier" };
      const list = shown.get(pair);
      if (list === undefined) shown.set(pair, [witness]);
      else list.push(witness);
    }
  }
  return shown;
}

/** A class that stands for an interrupt: whatever is held with it on leads to whatever it takes. */
const hub = (context: string, held: string): string => `<${context} while ${held}>`;

/**
 * The edges through interrupts. A reader in the interrupt does not wait for a reader that it
 * interrupted, so that what is held for reading leads only to what the interrupt takes for writing
 * (`exclusive_bit()` in kernel/locking/lockdep.c).
 */
function* interruptsOf(classes: readonly ProcClass[], bare: Witness): Generator<OrderEdge> {
  const uses = classes.flatMap(({ name, usage }) =>
    decodeCharacters(usage, null).map((character) => ({ name, ...character })),
  );
  const edge = (from: string, to: string): OrderEdge => ({
    from,
    to,
    kind: "interrupt",
    witnesses: [bare],
  });
  for (const context of new Set(uses.map((use) => use.context))) {
    const here = uses.filter((use) => use.context === context);
    const inside = here.filter(({ used }) => used);
    const outside = here.filter(({ enabled }) => enabled);
    for (const read of [false, true]) {
      const through = hub(context, read ? "held for reading" : "held");
      const after = inside.filter((use) => !read || !use.read);
      const before = outside.filter((use) => use.read === read);
      if (after.length === 0 || before.length === 0) continue;
      for (const { name } of before) yield edge(name, through);
      for (const { name } of after) yield edge(through, name);
    }
  }
}
