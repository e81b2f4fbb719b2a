/** JavaScript that finds out, after a search, who can move in each state or later. */
import { code } from "../text/code.js";
import type { Target } from "../layout/target.js";
import type { Pass } from "../text/pass.js";
import { bitsAt, groupName } from "./ends.js";
import { digitBits, digitValues, digitsInGroup, lookedAt } from "./move-bits.js";
import type { MovePlan } from "./move-plan.js";
import { closing } from "./note-moves.js";
import { marks } from "./seen-functions.js";

/** Returns the passes of `settleMoves()`, `firstResting()` and `firstGoingRound()`. */
export function settleMovesPasses({ packing, record }: Target, plan: MovePlan): Pass[] {
  const { groups } = plan;
  const slot = (of: string): string => (groups === 1 ? of : `${of} * ${String(groups)}`);
  const settle: Pass = {
    title: "who moves in each state or later",
    source: code`function settleMoves(states, words, bits, to, renaming, from, start, marks) {
      let edges = marks[${marks.edges}], count = marks[${marks.count}];
      const open = marks[${marks.open}], openAt = marks[${marks.openAt}];
      ${closing(plan)}
      marks[${marks.edges}] = edges;
      marks[${marks.count}] = count;
      marks[${marks.open}] = -1;
      for (let id = 0; id < states; id++) {
        if ((bits[${slot("id")}] & ${lookedAt}) === 0) addEnds(words, id * ${packing.words}, bits, ${slot("id")});
      }
      let changed = 1;
      while (changed !== 0) {
        changed = 0;
        let end = edges;
        for (let place = count - 1; place >= 0; place--) {
          const first = start[place], of = from[place];
          if (absorb(${slot("of")}, first, end, bits, to, renaming) !== 0) changed = 1;
          end = first;
        }
      }
    }`,
    provides: ["settleMoves"],
    needs: ["addEnds", "absorb"],
  };
  return [
    ...absorbPasses(plan, record.merged !== null),
    settle,
    firstPass("firstResting", plan.moving, groups),
    firstPass("firstGoingRound", plan.progress, groups),
  ];
}

/** `absorb()`: takes over what can be done after some steps; returns whether anything was new. */
function absorbPasses({ groups, digits, watched, renamed }: MovePlan, merges: boolean): Pass[] {
  const all = Array.from({ length: groups }, (_, group) => group);
  const before = (group: number): string => `before${String(group)}`;
  const waits = watched.flatMap((of, group) =>
    of === 0 ? [] : [`(${groupName(group)} & ${String(of)}) !== ${String(of)}`],
  );
  const plain = all.map((group) => `${groupName(group)} |= ${bitsAt("there", group)};`);
  const named = Array.from({ length: digits }, (_, digit) => {
    const shift = String((digit % digitsInGroup) * digitBits);
    const value = `(${bitsAt("there", Math.floor(digit / digitsInGroup))} >>> ${shift} & ${String(digitValues - 1)})`;
    const row = `row${String(digit)}`;
    const place = `((by * ${String(digits)} + ${String(digit)}) * ${String(digitValues)} + ${value})`;
    const added = all.map((group) => {
      const at = group === 0 ? row : `${row} + ${String(group)}`;
      return `${groupName(group)} |= renamedBits[${at}];`;
    });
    return `const ${row} = ${place} * ${String(groups)}; ${added.join(" ")}`;
  });
  const absorb: Pass = {
    title: "who can move after some steps",
    source: code`function absorb(at, first, end, bits, to, renaming) {
      const ${all.map((g) => `${before(g)} = ${bitsAt("at", g)}`).join(", ")};
      let ${all.map((g) => `${groupName(g)} = ${before(g)}`).join(", ")};
      for (let edge = first; edge < end && (${waits.length === 0 ? "false" : waits.join(" || ")}); edge++) {
        const there = to[edge] * ${groups};
        ${
          merges
            ? code`const by = renaming[edge];
          if (by === 0) {
            ${plain}
          } else {
            ${named}
          }`
            : plain
        }
      }
      if (${all.map((g) => `${groupName(g)} === ${before(g)}`).join(" && ")}) return 0;
      ${all.map((g) => `${bitsAt("at", g)} = ${groupName(g)};`)}
      return 1;
    }`,
    provides: ["absorb"],
    needs: merges ? ["renamedBits"] : [],
  };
  if (!merges) return [absorb];
  const table: Pass = {
    title: "bits by their names before a renaming",
    source: `const renamedBits = Int32Array.from([${renamed.join(", ")}]);`,
    provides: ["renamedBits"],
    needs: [],
  };
  return [table, absorb];
}

/** The first state that lacks one of some bits. */
function firstPass(name: string, wanted: readonly number[], groups: number): Pass {
  const slot = groups === 1 ? "id" : `id * ${String(groups)}`;
  const lacks = wanted.flatMap((of, group) =>
    of === 0 ? [] : [`(${bitsAt(slot, group)} & ${String(of)}) !== ${String(of)}`],
  );
  return {
    title: "the first state that lacks a bit",
    source: code`function ${name}(count, bits) {
      for (let id = 0; id < count; id++) {
        if (${lacks.length === 0 ? "false" : lacks.join(" || ")}) return id;
      }
      return -1;
    }`,
    provides: [name],
    needs: [],
  };
}
