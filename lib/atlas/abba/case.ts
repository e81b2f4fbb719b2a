/** Two locks taken in both orders: what lockdep was written for. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const abba: AtlasCase = {
  name: "abba",
  title: "two mutexes in two orders",
  truth: "real",
  texts,
  question: "Each path takes what the other holds. Must they meet?",
  premises: [
    {
      name: "no-lock-around",
      summary: "no third lock is held around both paths",
      holds: true,
      by: "the textbook: a lock around them would make the order irrelevant",
    },
  ],
  fixes: [
    { name: "one-order", summary: "both paths take a before b", fate: "the textbook" },
    {
      name: "subclass",
      summary: "the inner mutex of one path is taken as nested",
      fate: "what silences lockdep and mends nothing",
    },
  ],
  mutants: [],
  expected: [
    { lockdep: ["circular"], explorer: "deadlock" },
    {
      switched: ["no-lock-around"],
      lockdep: ["circular"],
      explorer: "safe",
      because: "lockdep asks for one order, whatever is held around",
    },
    { fix: "one-order", lockdep: ["silent"], explorer: "safe" },
    { fix: "subclass", lockdep: ["silent"], explorer: "deadlock", because: "HIDDEN" },
  ],
  sources: [
    {
      where: "Documentation/locking/lockdep-design.rst",
      says: "two locks taken in both orders are reported, whether or not they have ever met",
    },
  ],
  reading: "The story is as old as locks; the names are ours.",
  history:
    "The smallest deadlock that there is, and the report that everybody has seen. With a third lock around both paths nothing can happen, and the report is the same: the first false positive.",
};
