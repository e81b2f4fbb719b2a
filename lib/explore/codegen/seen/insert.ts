/** JavaScript that adds a batch of states to the table of those seen. */
import { code } from "../text/code.js";
import { wordNames } from "../layout/names.js";
import type { Pass } from "../text/pass.js";
import {
  type MergedRecord,
  type SuccessorRecord,
  field,
  loadWords,
  storeWords,
} from "../layout/successor-record.js";

/** Returns the pass of `hashAll()`, which notes the hash of each record: in the thread that has made it. */
export function hashPass({ words, stride }: SuccessorRecord, { hash }: MergedRecord): Pass {
  return {
    title: "the hash by which a successor is looked up",
    source: code`function hashAll(batch, first, end) {
      for (let record = first; record < end; record += ${stride}) {
        ${hashSource(wordNames("", words).map((_, at) => field(at)))}
        ${field(hash)} = hash;
      }
    }`,
    provides: ["hashAll"],
    needs: [],
  };
}

/** Mixes the words so that every bit of each changes about half of the bits. */
function hashSource(words: readonly string[]): string {
  const mix = words.map((word, at) => {
    const factor = at % 2 === 0 ? "0x85ebca6b" : "0xcc9e2d51";
    const shift = at % 2 === 0 ? "15" : "13";
    return `hash = Math.imul(hash ^ ${word}, ${factor}); hash ^= hash >>> ${shift};`;
  });
  return code`let hash = 0x9e3779b9 | 0;
    ${mix}
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;`;
}

/**
 * Returns the pass of `insertAll()`: two ways over the batch touch the entries and the states that they name, so that
 * memory is waited for in parallel; the third inserts.
 */
export function insertPass(record: SuccessorRecord): Pass {
  const { words, stride, from, transition, merged } = record;
  const names = wordNames("n", words);
  const hash =
    merged === null
      ? hashSource(names.map((_, at) => field(at)))
      : `const hash = ${field(merged.hash)};`;
  const same = names.map((name, at) => `${field(at, "at", "states")} === ${name}`).join(" && ");
  return {
    title: "new successors become states",
    source: code`function insertAll(
      batch, end, states, table, parents, transitions, hashes, numbers, mask, count
    ) {
      let place = 0, touched = 0;
      for (let record = 0; record < end; record += ${stride}) {
        ${hash}
        hashes[place] = hash;
        touched += table[(hash & mask) << 1];
        place++;
      }
      place = 0;
      for (let record = 0; record < end; record += ${stride}) {
        const hash = hashes[place];
        const entry = (hash & mask) << 1;
        const known = table[entry];
        if (known !== 0 && table[entry + 1] === hash) touched += states[(known - 1) * ${words}];
        place++;
      }
      hashes[place] = touched;
      place = 0;
      for (let record = 0; record < end; record += ${stride}) {
        ${loadWords("n", words, "batch", "record")}
        const hash = hashes[place];
        let entry = hash & mask;
        while (true) {
          const known = table[entry << 1];
          if (known === 0) {
            numbers[place] = count;
            const at = count * ${words};
            ${storeWords(names, "states", "at")}
            parents[count] = ${field(from)};
            transitions[count] = ${field(transition)};
            count++;
            table[entry << 1] = count;
            table[(entry << 1) + 1] = hash;
            break;
          }
          if (table[(entry << 1) + 1] === hash) {
            const at = (known - 1) * ${words};
            if (${same}) {
              numbers[place] = known - 1;
              break;
            }
          }
          entry = (entry + 1) & mask;
        }
        place++;
      }
      return count;
    }`,
    provides: ["insertAll"],
    needs: [],
  };
}
