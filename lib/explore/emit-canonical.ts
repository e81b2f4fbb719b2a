/** JavaScript that renames a packed state to the one that stands for all its renamings. */
import type { Model } from "../machine/index.js";
import { ValueWriter } from "./emit-value.js";
import { wordNames } from "./word-names.js";
import type { Field, Packing } from "./packing.js";
import { type Renaming, type Symmetry, permutations, renamedValue } from "./symmetry.js";

/**
 * Returns functions: `canonical(B,b)` renames the state at `B[b]` and notes which renaming was used.
 *
 * The members of each set are sorted by what they look like; only members that look alike need
 * to be tried in every order, and the least result is taken.
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
  const loops = sets
    .map((_, s) => `for(let i${String(s)}=0;i${String(s)}<t${String(s)}.length;i${String(s)}++){`)
    .join("");
  let factor = 1;
  const index = sets.map(({ size }, s) => {
    const term = `t${String(s)}[i${String(s)}]*${String(factor)}`;
    factor *= permutations(size).length;
    return term;
  });
  const single = sets.map((_, s) => `t${String(s)}.length===1`).join("&&");
  const first = sets.map((_, s) => `i${String(s)}=0`).join(",");
  const applies = renamings.map(
    (r, at) => `case ${String(at)}:${applySource(model, packing, r)}break;`,
  );
  const better = wordNames("C", words)
    .map((_, at) => {
      const before = Array.from({ length: at }, (__, i) => `R[${String(i)}]===C[${String(i)}]`);
      return [...before, `R[${String(at)}]<C[${String(at)}]`].join("&&");
    })
    .map((test) => `(${test})`)
    .join("||");
  const keep = wordNames("C", words)
    .map((_, at) => `C[${String(at)}]=R[${String(at)}];`)
    .join("");
  const put = wordNames("C", words)
    .map((_, at) => `B[b+${String(at)}]=R[${String(at)}];`)
    .join("");
  const putBest = wordNames("C", words)
    .map((_, at) => `B[b+${String(at)}]=C[${String(at)}];`)
    .join("");
  const note = `B[b+${String(words + 3)}]`;
  return (
    `${tables.join("")}const R=new Int32Array(${String(words)}),C=new Int32Array(${String(words)});` +
    `function renamed(k,${wordNames("w", words).join(",")}){switch(k){${applies.join("")}}}` +
    `function canonical(B,b){${load}${looks}${ranks}` +
    `if(${single}){let ${first};const k=${index.join("+")};if(k!==0){` +
    `renamed(k,${wordNames("w", words).join(",")});${put}}${note}=k;return;}` +
    `let best=-1;${loops}const k=${index.join("+")};` +
    `renamed(k,${wordNames("w", words).join(",")});` +
    `if(best<0||${better}){best=k;${keep}}${"}".repeat(sets.length)}${putBest}${note}=best;}` +
    `function canonicalAll(B,b,end){for(;b<end;b+=${String(stride)})canonical(B,b);}`
  );
}

/** For each rank vector, as a number in base `size`, the orders that sort by it. */
function ordersByRank(size: number): number[][] {
  const orders = permutations(size);
  return Array.from({ length: size ** size }, (_, key) => {
    const ranks = Array.from({ length: size }, (__, m) => Math.floor(key / size ** m) % size);
    return [...orders.keys()].filter((at) => {
      const to = orders[at] ?? [];
      return ranks.every((rank, m) =>
        ranks.every((other, o) => rank >= other || (to[m] ?? 0) < (to[o] ?? 0)),
      );
    });
  });
}

/** `tK`: the orders to try for set K, from the looks of its members. */
function rankSource(s: number, size: number): string {
  const look = (m: number): string => `l${String(s)}_${String(m)}`;
  const members = Array.from({ length: size }, (_, m) => m);
  const key = members.map((m) => {
    const below = members.filter((o) => o !== m).map((o) => `(${look(o)}<${look(m)}?1:0)`);
    return `(${below.join("+")})*${String(size ** m)}`;
  });
  return `const t${String(s)}=T${String(s)}[${key.join("+")}];`;
}

/**
 * `lK_M`: what member M of set K looks like, equal under renamings: its own numbers, and then the looks of
 * the members of other sets that it is linked with.
 */
function looksSource(model: Model, { sets }: Symmetry, values: ValueWriter): string {
  const symmetric = new Map(sets.map(({ name }, s) => [name, s]));
  const mix = (name: string, what: string): string =>
    `${name}=Math.imul(${name}^(${what}),0x9e3779b1);${name}^=${name}>>>15;`;
  const raw = (slot: number): string => values.number({ op: "slot", slot });
  const own: string[] = [];
  const linked: string[] = [];
  for (const [s, { name, size }] of sets.entries()) {
    for (let m = 0; m < size; m++) {
      const look = `l${String(s)}_${String(m)}`;
      own.push(`let ${look}=1;`);
      for (const [at, slot] of model.slots.entries()) {
        if (slot.variable === null) {
          const process = model.processes[slot.process ?? -1];
          const over = model.scenario.processes[process?.declared ?? -1]?.over?.name;
          if (over === name && process?.member === m) own.push(mix(look, raw(at)));
          continue;
        }
        const { per, domain } = slot.variable;
        const dims = per.map((of) => (typeof of === "object" ? symmetric.get(of.name) : undefined));
        const about = dims.map((d, i) => d === s && slot.index[i] === m);
        const others = dims.filter((d, i) => d !== undefined && !(d === s && slot.index[i] === m));
        if (!about.includes(true)) continue;
        const valueSet = domain.kind === "id" ? symmetric.get(domain.set.name) : undefined;
        const plain = valueSet === undefined && domain.kind !== "process";
        if (others.length === 0 && plain) own.push(mix(look, raw(at)));
        else if (others.length === 0) own.push(mix(look, `(${raw(at)}<0?1:2)`));
        if (others.length === 0 && valueSet !== undefined && valueSet !== s) {
          const other = sets[valueSet];
          const chain = Array.from({ length: other?.size ?? 0 }, (_, v) => v).reduceRight(
            (rest, v) => `${raw(at)}===${String(v)}?l${String(valueSet)}_${String(v)}:${rest}`,
            "7",
          );
          linked.push(mix(`k${look}`, chain));
        }
        const [first] = others;
        if (others.length === 1 && first !== undefined && first !== s && plain) {
          const where = dims.findIndex((d, i) => d === first && !(d === s && slot.index[i] === m));
          const to = `l${String(first)}_${String(slot.index[where] ?? 0)}`;
          linked.push(`k${look}=(k${look}+Math.imul(${to},${raw(at)}+1))|0;`);
        }
      }
    }
  }
  const names = sets.flatMap(({ size }, s) =>
    Array.from({ length: size }, (_, m) => `l${String(s)}_${String(m)}`),
  );
  const before = names.map((n) => `let k${n}=${n};`).join("");
  const after = names.map((n) => `${n}=k${n};`).join("");
  return `${own.join("")}${before}${linked.join("")}${after}`;
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
