/** JavaScript that renames a packed state to the one that stands for all its renamings. */
import { type Model, PROCESS } from "../../machine/index.js";
import { ValueWriter } from "./expression.js";
import { wordNames } from "./js.js";
import type { Packing } from "./packing.js";
import { type Symmetry, permutations } from "../analysis/symmetry.js";

/**
 * Returns `canonical(B,b)`, which renames the state at `B[b]` and notes which renaming that makes of the
 * one noted; it calls what `swapsSource()` returns.
 *
 * The members of each set are sorted by what they look like. Where some look alike, each order of those is
 * tried, and the least state taken: mostly they are alike, and any order gives the same.
 */
export function canonicalSource(
  model: Model,
  packing: Packing,
  symmetry: Symmetry,
  stride: number,
): string {
  const { words } = packing;
  const { sets, renamings, swaps, ways } = symmetry;
  const values = new ValueWriter(packing, "w");
  const load = wordNames("w", words)
    .map((w, at) => `const ${w}=B[b+${String(at)}];`)
    .join("");
  const tables = sets.map(
    ({ size }, at) => `const T${String(at)}=${JSON.stringify(ordersByRank(size))};`,
  );
  const looks = looksSource(model, symmetry, values);
  const ranks = sets.map(({ size }, s) => rankSource(s, size)).join("");
  const given = wordNames("w", words).join(",");
  const put = wordNames("C", words)
    .map((_, at) => `B[b+${String(at)}]=R[${String(at)}];`)
    .join("");
  const note = `B[b+${String(words + 3)}]`;
  const orders = sets.map((_, s) => `t${String(s)}`);
  const single = orders.map((t) => `${t}.length===1`).join("&&");
  const first = indexOf(sets, (s) => `t${String(s)}[0]`);
  const count = String(renamings.length);
  const noted = [renamings.map((_, at) => at), ...swaps.map(({ before }) => before)].flat();
  return (
    `${tables.join("")}const K=${JSON.stringify(ways)},W=Int16Array.of(${noted.join(",")});` +
    `${renameSource(words, swaps.length)}${leastSource(sets, words)}` +
    `function canonical(B,b){${load}${looks}${ranks}let k=0;` +
    `if(${single}){k=${first};if(k!==0)rename(k,${given});}else k=least(${given},${orders.join(",")});` +
    `if(k!==0){${put}}${note}=W[${note}*${count}+k];}` +
    `function canonicalAll(B,b,end){for(;b<end;b+=${String(stride)})canonical(B,b);}`
  );
}

/** `rename()`: leaves the words in `R`, renamed by a row of swaps. */
function renameSource(words: number, swaps: number): string {
  const names = wordNames("w", words);
  const given = names.join(",");
  const cases = Array.from(
    { length: swaps },
    (_, at) => `case ${String(at)}:g${String(at + 1)}(${given});break;`,
  );
  const copy = names.map((w, at) => `R[${String(at)}]=${w};`).join("");
  const next = names.map((w, at) => `${w}=R[${String(at)}];`).join("");
  return (
    `function rename(k,${given}){${copy}` +
    `for(const s of K[k]){switch(s){${cases.join("")}}${next}}}`
  );
}

/** The number of a renaming, from the number of each set's order. */
function indexOf(sets: Symmetry["sets"], order: (set: number) => string): string {
  let factor = 1;
  const terms = sets.map(({ size }, s) => {
    const term = `${order(s)}*${String(factor)}`;
    factor *= permutations(size).length;
    return term;
  });
  return terms.join("+");
}

/** `least()`: leaves the least renamed state in `R`, and returns its renaming. */
function leastSource(sets: Symmetry["sets"], words: number): string {
  const given = wordNames("w", words).join(",");
  const orders = sets.map((_, s) => `t${String(s)}`).join(",");
  const loops = sets.map((_, s) => `for(const o${String(s)} of t${String(s)})`).join("");
  const index = indexOf(sets, (s) => `o${String(s)}`);
  const less = wordNames("l", words).reduceRight(
    (rest, _, at) =>
      `R[${String(at)}]!==S[${String(at)}]?R[${String(at)}]<S[${String(at)}]:${rest}`,
    "false",
  );
  const copy = (to: string, from: string): string =>
    wordNames("c", words)
      .map((_, at) => `${to}[${String(at)}]=${from}[${String(at)}];`)
      .join("");
  return (
    `const S=new Int32Array(${String(words)});function least(${given},${orders}){let best=-1;` +
    `${loops}{const k=${index};rename(k,${given});` +
    `if(best<0||(${less})){best=k;${copy("S", "R")}}}${copy("R", "S")}return best;}`
  );
}

/** For each rank vector, as a number in base `size`, the orders that sort by it. */
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

/** `tK`: the orders for set K, from the looks of its members. */
function rankSource(s: number, size: number): string {
  const look = (m: number): string => `kl${String(s)}_${String(m)}`;
  const members = Array.from({ length: size }, (_, m) => m);
  const key = members.map((m) => {
    const below = members.filter((o) => o !== m).map((o) => `(${look(o)}<${look(m)}?1:0)`);
    return `(${below.join("+")})*${String(size ** m)}`;
  });
  return `const t${String(s)}=T${String(s)}[${key.join("+")}];`;
}

/**
 * `klK_M`: what member M of set K looks like, equal under renamings: its own numbers; if that leaves two
 * of the set alike, also the looks of the members of other sets that it is linked with.
 */
function looksSource(model: Model, { sets }: Symmetry, values: ValueWriter): string {
  const symmetric = new Map(sets.map(({ name }, s) => [name, s]));
  const own: string[] = [];
  const closer: string[] = [];
  for (const [s, { name, size }] of sets.entries()) {
    const linked: string[] = [];
    for (let m = 0; m < size; m++) {
      const look = `l${String(s)}_${String(m)}`;
      const bits = new BitString();
      for (const [at, slot] of model.slots.entries()) {
        const field = values.field(at);
        const value = values.number({ op: "slot", slot: at });
        const raw = `(${value}${field.min < 0 ? `+${String(-field.min)}` : ""})`;
        if (slot.variable === null) {
          const process = model.processes[slot.process ?? -1];
          const over = model.scenario.processes[process?.declared ?? -1]?.over?.name;
          if (over === name && process?.member === m) bits.add(raw, field.bits);
          continue;
        }
        const { per, domain } = slot.variable;
        // Processes have their names of the members that they are of: no look of their own.
        if (per.some((of) => typeof of === "object" && of.name === PROCESS.name)) continue;
        const dims = per.map((of) => (typeof of === "object" ? symmetric.get(of.name) : undefined));
        const isOwn = (d: number): boolean => dims[d] === s && slot.index[d] === m;
        if (!dims.some((_, d) => isOwn(d))) continue;
        const other = dims.findIndex((of, d) => of !== undefined && !isOwn(d));
        const valueSet = domain.kind === "id" ? symmetric.get(domain.set.name) : undefined;
        const plain = valueSet === undefined && domain.kind !== "process";
        if (other < 0 && plain) bits.add(raw, field.bits);
        else if (other < 0 && valueSet === s) {
          bits.add(`(${value}<0?0:${value}===${String(m)}?1:2)`, 2);
        } else if (other < 0 && valueSet !== undefined) {
          const looks = lookOf(value, valueSet, sets[valueSet]?.size ?? 0);
          linked.push(
            `k${look}=Math.imul(k${look}^(${looks}),0x9e3779b1);k${look}^=k${look}>>>15;`,
          );
        } else if (other >= 0 && plain && dims[other] !== s) {
          const to = `l${String(dims[other] ?? 0)}_${String(slot.index[other] ?? 0)}`;
          linked.push(`k${look}=(k${look}+Math.imul(${to},${raw}+1))|0;`);
        }
      }
      own.push(bits.source(look));
    }
    const names = Array.from({ length: size }, (_, m) => `l${String(s)}_${String(m)}`);
    const alike = names.flatMap((n, m) => names.slice(0, m).map((o) => `${o}===${n}`));
    own.push(names.map((n) => `let k${n}=${n};`).join(""));
    closer.push(`if(${alike.join("||")}){${linked.join("")}}`);
  }
  return `${own.join("")}${closer.join("")}`;
}

/** The look of the member that a value names, or a number of its own for none. */
function lookOf(value: string, set: number, size: number): string {
  return Array.from({ length: size }, (_, v) => v).reduceRight(
    (rest, v) => `${value}===${String(v)}?l${String(set)}_${String(v)}:${rest}`,
    "7",
  );
}

/** Small numbers side by side in as few words as they need, mixed into one. */
class BitString {
  private readonly words: string[][] = [];
  private used = 32;

  add(value: string, bits: number): void {
    if (this.used + bits > 32) {
      this.words.push([]);
      this.used = 0;
    }
    this.words[this.words.length - 1]?.push(`(${value}<<${String(this.used)})`);
    this.used += bits;
  }

  source(name: string): string {
    const mixed = this.words.map(
      (parts) =>
        `${name}=Math.imul(${name}^(${parts.join("|")}),0x85ebca6b);${name}^=${name}>>>13;`,
    );
    return `let ${name}=1;${mixed.join("")}`;
  }
}
