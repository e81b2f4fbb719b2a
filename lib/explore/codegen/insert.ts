/** JavaScript that adds a batch of states to the table of those seen. */
import { fromSource } from "./instantiate.js";
import { wordNames } from "./js.js";

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
