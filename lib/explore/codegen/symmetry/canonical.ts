/** JavaScript that renames a packed state to the one that stands for all its renamings. */
import { type Symmetry, permutations } from "../../analysis/symmetry.js";
import { code } from "../text/code.js";
import { ValueWriter } from "../expressions/expression.js";
import { swapOf, wordNames } from "../layout/names.js";
import type { Pass } from "../text/pass.js";
import { closer, signatureSource } from "./signature.js";
import { type MergedRecord, field, loadWords, storeWords } from "../layout/successor-record.js";
import type { Target } from "../layout/target.js";

/**
 * Returns the passes of `canonicalAll()`, which renames the state of each record and notes which renaming
 * that makes of the frame in which it was found.
 *
 * The members of each set are sorted by their signatures. Where some have the same, each order of those is
 * tried, and the least state taken: mostly they are alike, and any order gives the same.
 */
export function canonicalPasses(target: Target, merged: MergedRecord): Pass[] {
  const { symmetry, packing } = target;
  return [
    renamePass(symmetry, packing.words),
    leastPass(symmetry, packing.words),
    tablesPass(symmetry),
    canonicalPass(target, merged),
  ];
}

function tablesPass({ sets, renamings, swaps }: Symmetry): Pass {
  const both = [renamings.map((_, at) => at), ...swaps.map(({ before }) => before)].flat();
  const orders = sets.map(
    ({ size }, set) => `const ordersOf${String(set)} = ${JSON.stringify(ordersByRank(size))};`,
  );
  return {
    title: "tables of renamings",
    source: code`const both = Int16Array.of(${both.join(", ")});
      ${orders}`,
    provides: ["both", ...sets.map((_, set) => `ordersOf${String(set)}`)],
    needs: [],
  };
}

function canonicalPass(
  { model, packing, symmetry, record }: Target,
  { frame, renaming }: MergedRecord,
): Pass {
  const { words } = packing;
  const { sets, renamings } = symmetry;
  const values = new ValueWriter(packing, "w");
  const given = wordNames("w", words).join(", ");
  const orders = sets.map((_, set) => `orders${String(set)}`);
  const single = orders.map((of) => `${of}.length === 1`).join(" && ");
  const first = numberOf(sets, (set) => `orders${String(set)}[0]`);
  const renamed = storeWords(
    wordNames("", words).map((_, at) => `renamed[${String(at)}]`),
    "batch",
    "record",
  );
  return {
    title: "the state that stands for all its renamings",
    source: code`function canonical(batch, record) {
      ${loadWords("w", words, "batch", "record")}
      ${signatureSource(model, symmetry, values)}
      ${sets.map(({ size }, set) => sortedSource(set, size))}
      let by = 0;
      if (${single}) {
        by = ${first};
        if (by !== 0) rename(by, ${given});
      } else by = leastOf(${given}, ${orders.join(", ")});
      if (by !== 0) { ${renamed} }
      ${field(renaming)} = both[${field(frame)} * ${renamings.length} + by];
    }
    function canonicalAll(batch, first, end) {
      for (let record = first; record < end; record += ${record.stride}) canonical(batch, record);
    }`,
    provides: ["canonicalAll"],
    needs: [
      "renamed",
      "rename",
      "leastOf",
      "both",
      ...sets.map((_, set) => `ordersOf${String(set)}`),
    ],
  };
}

/** `rename()`: leaves the words in `renamed`, renamed by one swap after another. */
function renamePass({ swaps, ways }: Symmetry, words: number): Pass {
  const names = wordNames("w", words);
  const given = names.join(", ");
  const cases = swaps.map((_, at) => `case ${String(at)}: ${swapOf(at + 1)}(${given}); break;`);
  const next = names.map((name, at) => `${name} = renamed[${String(at)}];`).join(" ");
  return {
    title: "a renaming, one swap after another",
    source: code`const waysOf = ${JSON.stringify(ways)};
    function rename(by, ${given}) {
      ${storeWords(names, "renamed", "0")}
      for (const swap of waysOf[by]) {
        switch (swap) {
          ${cases}
        }
        ${next}
      }
    }`,
    provides: ["rename"],
    needs: ["renamed", ...swaps.map((_, at) => swapOf(at + 1))],
  };
}

/** `leastOf()`: leaves the least renamed state in `renamed`, and returns its renaming. */
function leastPass({ sets }: Symmetry, words: number): Pass {
  const given = wordNames("w", words).join(", ");
  const orders = sets.map((_, set) => `orders${String(set)}`).join(", ");
  const loops = sets.map((_, set) => `for (const order${String(set)} of orders${String(set)})`);
  const places = wordNames("", words).map((_, at) => `[${String(at)}]`);
  const less = places.reduceRight(
    (rest, at) => `renamed${at} !== least${at} ? renamed${at} < least${at} : ${rest}`,
    "false",
  );
  return {
    title: "the least of several renamings of a state",
    source: code`const least = new Int32Array(${words});
    function leastOf(${given}, ${orders}) {
      let best = -1;
      ${loops} {
        const by = ${numberOf(sets, (set) => `order${String(set)}`)};
        rename(by, ${given});
        if (best < 0 || (${less})) {
          best = by;
          ${places.map((at) => `least${at} = renamed${at};`).join(" ")}
        }
      }
      ${places.map((at) => `renamed${at} = least${at};`).join(" ")}
      return best;
    }`,
    provides: ["leastOf"],
    needs: ["renamed", "rename"],
  };
}

/** The number of a renaming, from the number of each set's order. */
function numberOf(sets: Symmetry["sets"], order: (set: number) => string): string {
  let factor = 1;
  const terms = sets.map(({ size }, set) => {
    const term = factor === 1 ? order(set) : `${order(set)} * ${String(factor)}`;
    factor *= permutations(size).length;
    return term;
  });
  return terms.join(" + ");
}

/** For each vector of ranks, as a number in base `size`, the orders that sort by it. */
function ordersByRank(size: number): number[][] {
  const orders = permutations(size);
  return Array.from({ length: size ** size }, (_, key) => {
    const ranks = Array.from({ length: size }, (__, m) => Math.floor(key / size ** m) % size);
    return orders.flatMap((to, at) => {
      const sorts = ranks.every((rank, m) =>
        ranks.every((other, o) => rank >= other || (to[m] ?? 0) < (to[o] ?? 0)),
      );
      return sorts ? [at] : [];
    });
  });
}

/** Declares the orders of a set that sort its members by their closer signatures. */
function sortedSource(set: number, size: number): string {
  const members = Array.from({ length: size }, (_, member) => member);
  const ranks = members.map((member) => {
    const below = members
      .filter((other) => other !== member)
      .map((other) => `(${closer(set, other)} < ${closer(set, member)} ? 1 : 0)`);
    const rank = `(${below.join(" + ")})`;
    return member === 0 ? rank : `${rank} * ${String(size ** member)}`;
  });
  return `const orders${String(set)} = ordersOf${String(set)}[${ranks.join(" + ")}];`;
}
