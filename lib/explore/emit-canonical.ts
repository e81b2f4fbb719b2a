/** JavaScript that renames a packed state to the one that stands for all its renamings. */
import type { Model } from "../machine/index.js";
import { ValueWriter } from "./emit-value.js";
import { wordNames } from "./word-names.js";
import type { Field, Packing } from "./packing.js";
import { type Renaming, type Symmetry, permutations, renamedValue } from "./symmetry.js";

/**
 * Returns functions: `canonical(B,b)` renames the state at `B[b]` and notes which renaming was used.
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
  const { sets, renamings } = symmetry;
  const values = new ValueWriter(packing, "w");
  const load = wordNames("w", words)
    .map((w, at) => `const ${w}=B[b+${String(at)}];`)
    .join("");
  const tables = sets.map(
    ({ size }, at) => `const T${String(at)}=${JSON.stringify(ordersByRank(size))};`,
  );
  const looks = looksSource(model, symmetry, values);
  const ranks = sets.map(({ size }, s) => rankSource(s, size)).join("");
  // A function for each: all in one would be too large for the compiler to optimize.
  const given = wordNames("w", words).join(",");
  const applies = renamings.map(
    (r, at) => `function r${String(at)}(${given}){${applySource(model, packing, r)}}`,
  );
  const list = renamings.map((_, at) => `r${String(at)}`).join(",");
  const put = wordNames("C", words)
    .map((_, at) => `B[b+${String(at)}]=R[${String(at)}];`)
    .join("");
  const note = `B[b+${String(words + 3)}]`;
  const orders = sets.map((_, s) => `t${String(s)}`);
  const single = orders.map((t) => `${t}.length===1`).join("&&");
  const first = indexOf(sets, (s) => `t${String(s)}[0]`);
  return (
    `${tables.join("")}const R=new Int32Array(${String(words)});` +
    `${applies.join("")}const N=[${list}];${leastSource(sets, words)}` +
    `function canonical(B,b){${load}${looks}${ranks}let k=0;` +
    `if(${single}){k=${first};if(k!==0)N[k](${given});}else k=least(${given},${orders.join(",")});` +
    `if(k!==0){${put}}${note}=k;}` +
    `function canonicalAll(B,b,end){for(;b<end;b+=${String(stride)})canonical(B,b);}`
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
    `${loops}{const k=${index};N[k](${given});` +
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

/** Writes the renamed state to `R`. */
function applySource(model: Model, packing: Packing, by: Renaming): string {
  const fields = packing.fields;
  const moved: number[] = Array.from({ length: packing.words }, () => 0);
  const parts: string[][] = Array.from({ length: packing.words }, () => []);
  for (const [at, slot] of model.slots.entries()) {
    const from = fields[at];
    const to = fields[by.slots[at] ?? at];
    if (from === undefined || to === undefined) continue;
    const values = Array.from({ length: slot.max - slot.min + 1 }, (_, v) =>
      renamedValue(slot, v + slot.min, by),
    );
    const same = values.every((v, raw) => v === raw + slot.min);
    if (same && by.slots[at] === at) continue;
    moved[to.word] = (moved[to.word] ?? 0) | (to.mask << to.shift);
    parts[to.word]?.push(same ? shifted(from, to) : mapped(from, to, values));
  }
  return parts
    .map((of, word) => {
      const kept = `w${String(word)}&${String(~(moved[word] ?? 0))}`;
      const all = of.length === 0 ? `w${String(word)}` : [`(${kept})`, ...of].join("|");
      return `R[${String(word)}]=${all};`;
    })
    .join("");
}

function shifted(from: Field, to: Field): string {
  const by = to.shift - from.shift;
  const word = `w${String(from.word)}`;
  const masked = `(${word}&${String(from.mask << from.shift)})`;
  return by >= 0 ? `(${masked}<<${String(by)})` : `((${masked})>>>${String(-by)})`;
}

function mapped(from: Field, to: Field, values: readonly number[]): string {
  const raw = `((w${String(from.word)}>>>${String(from.shift)})&${String(from.mask)})`;
  const table = values.map((v) => v - to.min);
  if (table.length * to.bits <= 30) {
    const packed = table.reduce((all, v, at) => all | (v << (at * to.bits)), 0);
    return `(((${String(packed)}>>>(${raw}*${String(to.bits)}))&${String(to.mask)})<<${String(to.shift)})`;
  }
  return `(${JSON.stringify(table)}[${raw}]<<${String(to.shift)})`;
}
