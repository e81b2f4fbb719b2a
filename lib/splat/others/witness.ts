/** WITNESS of FreeBSD and OpenBSD: two locks in both orders. */
import { code } from "../explain/words/words.js";
import { foundIn, type Found } from "./after.js";
import type { OtherReport } from "./other-report.js";

const headline =
  /^\s*(?:\S{0,40}[\])>] )?(?:witness: )?(?<what>lock order reversal|acquiring duplicate lock of same type)\b.*:\s*.*$/;
const lock =
  /^\s*(?<nth>1st|2nd) (?:(?<addr>0x[0-9a-f]+) )?(?<name>\S.*?)(?: \((?<type>[^()]*(?:->[^()]*)?)\))?(?: @ (?<place>\S+:\d+))?\s*$/;

/** Returns what the reports of a text say. */
export const readWitness = (text: string): readonly OtherReport[] =>
  foundIn(text, headline).map(told);

function told({ lines, groups }: Found): OtherReport {
  const near = lines.slice(0, 40);
  const locks = near.slice(0, 6).flatMap(({ text }) => {
    const found = lock.exec(text)?.groups;
    return found === undefined ? [] : [found];
  });
  const words = locks.map(({ name = "", place, addr }) => {
    const at = addr === undefined ? "" : ` at ${addr}`;
    return `${code(name)}${at}${place === undefined ? "" : ` (${place})`}`;
  });
  const [first, second] = words;
  const established = near.find(({ text }) => /first seen at:|established at:/.test(text));
  const again = groups["what"] !== "lock order reversal";
  return {
    kind: "witness",
    title: again
      ? "WITNESS: a lock of a type that is held already"
      : "WITNESS: two locks in both orders",
    line: lines[0]?.number ?? 0,
    task: null,
    owner: null,
    says:
      first === undefined || second === undefined
        ? []
        : [
            again
              ? `${second} is taken while ${first}, of the same type, is held.`
              : `${second} is taken while ${first} is held, and elsewhere they are taken the other way round.`,
            ...(established === undefined
              ? []
              : ["The report shows where the other order was first seen."]),
          ],
    mend:
      words.length < 2
        ? []
        : [
            "WITNESS reasons about names of locks as lockdep does about classes: ask whether they are the same locks on both paths, and whether the paths can meet.",
          ],
    missing: [
      ...(words.length < 2 ? ["The two locks, in the lines `1st` and `2nd`."] : []),
      ...(established === undefined && !again
        ? ["Where the other order was taken (`debug.witness.trace`, kern.witnesswatch)."]
        : []),
    ],
  };
}
