/**
 * The states seen, exactly: their words in one flat array, found through an open-addressed table of
 * numbers and hashes. A batch of states is looked up at once, so that memory is waited for in parallel.
 */
import { fromSource } from "../codegen/instantiate.js";
import { grown } from "./grow.js";
import { wordNames } from "../codegen/js.js";

/**
 * Adds the states of a batch from `from` to `end` that are new to `count` others, and returns how many
 * there are then; the numbers of all go to `N`.
 */
export type Insert = (
  B: Int32Array,
  from: number,
  end: number,
  A: Int32Array,
  T: Int32Array,
  P: Int32Array,
  X: Int32Array,
  H: Int32Array,
  N: Int32Array,
  mask: number,
  count: number,
) => number;

const isInsert = (of: unknown): of is Insert => typeof of === "function";

const smallest = 1 << 10;

/** Places in the table at first: enough for 20,000 states. */
const smallestTable = 1 << 15;

/** A set of packed states, numbered in the order in which they came. */
export class Store {
  count = 0;
  /** The words of all states, one after another. */
  words: Int32Array;
  /** The state from which each was first reached, and by which transition. */
  parents: Int32Array;
  transitions: Int32Array;
  /** The numbers of the states of the last batch. */
  numbers: Int32Array;
  private table: Int32Array;
  private hashes: Int32Array;

  constructor(
    private readonly width: number,
    private readonly stride: number,
    batch: number,
    private readonly insertBatch: Insert,
  ) {
    this.words = new Int32Array(smallest * width);
    this.parents = new Int32Array(smallest);
    this.transitions = new Int32Array(smallest);
    this.table = new Int32Array(smallestTable * 2);
    this.hashes = new Int32Array(batch * 2);
    this.numbers = new Int32Array(batch * 2);
  }

  /** Bytes in use. */
  get bytes(): number {
    const { words, parents, transitions, table, hashes, numbers } = this;
    return [words, parents, transitions, table, hashes, numbers].reduce(
      (sum, a) => sum + a.byteLength,
      0,
    );
  }

  /** Adds the states of a batch that are new. */
  insert(batch: Int32Array, end: number): void {
    const incoming = end / this.stride;
    this.reserve(incoming);
    const { words, table, parents, transitions, hashes, numbers } = this;
    this.count = this.insertBatch(
      batch,
      0,
      end,
      words,
      table,
      parents,
      transitions,
      hashes,
      numbers,
      table.length / 2 - 1,
      this.count,
    );
  }

  /** Makes room, so that nothing moves while a batch goes in. */
  private reserve(incoming: number): void {
    const wanted = this.count + incoming;
    if (this.hashes.length < incoming * 2) {
      this.hashes = new Int32Array(incoming * 2);
      this.numbers = new Int32Array(incoming * 2);
    }
    if (wanted > this.parents.length) {
      const room = Math.max(wanted, Math.floor(this.parents.length * 1.6));
      this.words = grown(this.words, room * this.width);
      this.parents = grown(this.parents, room);
      this.transitions = grown(this.transitions, room);
    }
    // A table entry is two numbers; at most five eighths of the entries are used.
    let entries = this.table.length / 2;
    if (wanted * 8 <= entries * 5) return;
    while (wanted * 8 > entries * 5) entries *= 2;
    this.table = rehashed(this.table, entries, this.count);
  }
}

/** A larger table with the same entries; the stored hashes make looking at the states unnecessary. */
function rehashed(old: Int32Array, entries: number, count: number): Int32Array {
  const table = new Int32Array(entries * 2);
  const mask = entries - 1;
  let left = count;
  for (let at = 0; left > 0 && at < old.length; at += 2) {
    const number = old[at] ?? 0;
    if (number === 0) continue;
    const hash = old[at + 1] ?? 0;
    let slot = hash & mask;
    while (table[slot * 2] !== 0) slot = (slot + 1) & mask;
    table[slot * 2] = number;
    table[slot * 2 + 1] = hash;
    left--;
  }
  return table;
}

/** Mixes the words so that every bit of each changes about half of the bits. */
function hashSource(width: number, word: (at: number) => string): string {
  const mix = Array.from(
    { length: width },
    (_, at) =>
      `h=Math.imul(h^${word(at)},${at % 2 === 0 ? "0x85ebca6b" : "0xcc9e2d51"});h^=h>>>${at % 2 === 0 ? "15" : "13"};`,
  );
  return `let h=0x9e3779b9|0;${mix.join("")}h=Math.imul(h,0xc2b2ae35);h^=h>>>16;`;
}

/** The first two passes: hashes, then a look at each first table entry and at the state it names. */
function touchSource(width: number, stride: number): string {
  return (
    `let k=0,t=0;for(let b=from;b<end;b+=${String(stride)}){` +
    `${hashSource(width, (at) => `B[b+${String(at)}]`)}H[k++]=h;t+=T[(h&mask)<<1];}` +
    `k=0;for(let b=from;b<end;b+=${String(stride)}){const h=H[k++];const e=(h&mask)<<1;` +
    `const c=T[e];if(c!==0&&T[e+1]===h)t+=A[(c-1)*${String(width)}];}`
  );
}

function sameSource(width: number): string {
  return wordNames("n", width)
    .map((n, at) => `A[a+${String(at)}]===${n}`)
    .join("&&");
}

/** Returns the code that adds states of so many words, `stride` apart. */
export function insertFunction(width: number, stride: number): Insert {
  return fromSource(isInsert, insertSource(width, stride));
}

function insertSource(width: number, stride: number): string {
  const names = wordNames("n", width);
  const load = names.map((n, at) => `const ${n}=B[b+${String(at)}];`).join("");
  const store = names.map((n, at) => `A[a+${String(at)}]=${n};`).join("");
  return (
    `return function(B,from,end,A,T,P,X,H,N,mask,count){${touchSource(width, stride)}` +
    `H[H.length-1]=t;k=0;for(let b=from;b<end;b+=${String(stride)}){${load}const h=H[k];let e=h&mask;` +
    `for(;;){const c=T[e<<1];if(c===0){N[k]=count;const a=count*${String(width)};${store}` +
    `P[count]=B[b+${String(width + 1)}];X[count]=B[b+${String(width)}];count++;` +
    `T[e<<1]=count;T[(e<<1)+1]=h;break;}` +
    `if(T[(e<<1)+1]===h){const a=(c-1)*${String(width)};if(${sameSource(width)}){N[k]=c-1;break;}}` +
    `e=(e+1)&mask;}k++;}return count;}`
  );
}
