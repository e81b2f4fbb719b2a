/** Three philosophers, three forks: a circle of three, which no two of them close. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const diningPhilosophers: AtlasCase = {
  name: "dining",
  title: "three forks around a table",
  truth: "real",
  texts,
  question: "Any two of them get along. Do all three?",
  premises: [
    {
      name: "three-seats",
      summary: "all three may sit down at once",
      holds: true,
      by: "the textbook: with one seat less, somebody always eats",
    },
  ],
  fixes: [
    {
      name: "one-other-way",
      summary: "one of them takes the right fork first, so that the forks have an order",
      fate: "the textbook",
    },
    {
      name: "subclass",
      summary: "the second fork of one of them is taken as nested",
      fate: "what silences lockdep and mends nothing",
    },
  ],
  mutants: [],
  expected: [
    { lockdep: ["circular"], explorer: "deadlock" },
    {
      switched: ["three-seats"],
      lockdep: ["circular"],
      explorer: "safe",
      because: "a semaphore counts, and lockdep knows none",
    },
    { fix: "one-other-way", lockdep: ["silent"], explorer: "safe" },
    { fix: "subclass", lockdep: ["silent"], explorer: "deadlock", because: "HIDDEN" },
  ],
  sources: [{ where: "E. W. Dijkstra, EWD 310 (1971)", says: "the philosophers and their table" }],
  reading: "Dijkstra has five; three are the fewest of whom no two make a circle.",
  history:
    "The circle needs all three, and lockdep needs one after the other: it adds up edges that were never there at the same time. With two seats nothing can happen, and the report is the same.",
};
