/** The names in generated code: what each means, and how those with a number are made. */

/** Every name, in the order in which a reader meets them; `3` stands for any number. */
export const legend: readonly (readonly [name: string, meaning: string])[] = [
  ["w0, w1 ...", "the words of the state; in run3() and runInvisible() they change in place"],
  ["n0, n1 ...", "the words of the successor that is being made"],
  ["o0, o1 ...", "the words before a step that is taken in place"],
  ["r3_0, r3_1 ...", "the words of the state in frame 3"],
  ["states, at, id", "the words of all states, where those of the state begin, and its number"],
  ["batch, record, end", "successors as records, where one begins, and where the last one ends"],
  ["search", "what one search has of its own; each function that needs it is given it"],
  ["search.reported", "for each check, 1 if its failure was told of; else search.fail() is called"],
  ["search.guards", "for each slot, the guards held at every access, then those at every write"],
  ["search.broken", "[0]: a guard was given up; [1]: a process lost its CPU against expectation"],
  ["search.log", "the invisible steps of the last successor: their number, then their transitions"],
  [
    "search.quiet",
    "[0]: 1 if devices alone can move in the state expanded last; [1]: the next state",
  ],
  ["frame", "the renaming in which a process runs the code of the first of its kind; 0: none"],
  ["transitionIn", "for each frame and transition, what it is under the frame's renaming"],
  ["processIn", "for each frame and process, which it is under the frame's renaming"],
  ["steps3()", "adds the successors by steps of process 3, and returns the end"],
  ["put()", "adds one successor, and returns the end"],
  [
    "checkOwners3()",
    "notes in search.broken if a step of process 3 changed who owns another's CPU",
  ],
  ["checkGuards3()", "gives up guards that process 3 does not hold where its next steps need them"],
  ["heldBy3(), held", "the guards that process 3 holds, a bit each"],
  ["mover", "the CPU of the process that takes a step; -1 for a device"],
  ["here", "the CPU of the process whose steps or guards these are"],
  ["owned", "the CPUs that somebody owns, a bit each"],
  ["expand()", "adds all successors of a state"],
  ["run3()", "takes invisible steps of process 3 as long as there is one, and returns how many"],
  ["mayRun3", "for each location of process 3, 1 if it may have an invisible step there"],
  ["moveIn3()", "lets a process run in frame 3"],
  ["runInvisible()", "takes invisible steps of all processes until there is none"],
  ["taken, count", "how many invisible steps were taken before, and how many now"],
  [
    "enables",
    "for each transition, the processes of which it may enable an invisible step, a bit each",
  ],
  ["processOf", "for each transition, its process"],
  [
    "isProgress",
    "for each transition, 1 if it is neither busy waiting nor on a round with IRQs off",
  ],
  ["ask", "the processes yet to be asked for invisible steps, a bit each"],
  ["swap3()", "leaves in `renamed` the words that it is given, members swapped as frame 3 has it"],
  ["renamed, least", "words renamed, and the least of them so far: scratch of one call"],
  [
    "rename(), leastOf()",
    "renames by a renaming's number; finds the renaming that gives the least state",
  ],
  ["waysOf", "for each renaming, the swaps that make it up"],
  ["both", "for each frame and renaming, the renaming that does both"],
  ["canonical()", "renames a successor to the state that stands for all its renamings"],
  ["s3_1, c3_1", "the signature of member 1 of set 3, equal under renamings; a closer one"],
  [
    "ordersOf3, orders3",
    "the orders of set 3 by the ranks of signatures; those that sort this state",
  ],
  ["hashAll()", "notes the hash of each successor in its record"],
  [
    "finish()",
    "what is done to all successors of a batch: invisible steps, the canonical name, its hash",
  ],
  ["expandAll()", "does expand() and finish() for one state after another"],
  ["insertAll()", "makes states of the successors in a batch that are new"],
  [
    "table, hashes, numbers",
    "where a hash leads; of each in the batch, its hash and its state's number",
  ],
  ["bits, g3", "who moves in each state: a bit each process and its progress; one number of those"],
  [
    "addEnds(), ends3_0",
    "adds the bits of processes that are at an end; for each location, those bits",
  ],
  [
    "movedBit, progressBit",
    "for each transition, the bit of its process, and of the progress it makes",
  ],
  ["roundOf", "for each transition, the process that goes round by it; -1 for none"],
  ["goesRoundOff()", "whether a step is on a round, with its process's CPU IRQs off"],
  [
    "noteMoves()",
    "notes who moves in the states of a batch, and the edges of those where somebody waits",
  ],
  ["to, renaming", "where an edge leads, and under which renaming"],
  ["from, start", "the states of which edges are kept, and where those begin"],
  [
    "edges, open, openAt",
    "how many edges are kept; the state whose edges come, and where those begin",
  ],
  ["settleMoves()", "adds to each state's bits those of the states after it, until no more come"],
  ["absorb()", "adds to a state's bits those of the states that its edges lead to"],
  [
    "renamedBits, row3",
    "for each renaming and part of the bits, those by their names before; where they are",
  ],
  ["firstResting()", "the first state in which a process can never move"],
  ["firstGoingRound()", "the first state in which one can never make progress"],
];

/** Returns the names `w0`, `w1`, ... of the words of a state. */
export function wordNames(prefix: string, words: number): string[] {
  return Array.from({ length: words }, (_, at) => `${prefix}${String(at)}`);
}

/** The name of the CPU of the process that a function is about. */
export const here = "here";

export const stepsOf = (process: number): string => `steps${String(process)}`;
export const checkOwners = (process: number): string => `checkOwners${String(process)}`;
export const checkGuards = (process: number): string => `checkGuards${String(process)}`;
export const heldBy = (process: number): string => `heldBy${String(process)}`;
export const runOf = (process: number): string => `run${String(process)}`;
export const mayRun = (process: number): string => `mayRun${String(process)}`;
export const moveIn = (frame: number): string => `moveIn${String(frame)}`;
export const swapOf = (frame: number): string => `swap${String(frame)}`;
