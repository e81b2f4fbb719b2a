/** What to do where a table of lockdep is full, or a task holds more than fits. */
import { recursionOn } from "../../evidence/held/recursion.js";
import { isTooDeep } from "../../evidence/held/too-deep.js";
import type { PlainSplat } from "../../report/index.js";
import { code, listed, placeOf } from "../words/words.js";

/** The tables of kernel/locking/lockdep_internals.h, their lines in /proc/lockdep_stats, their options. */
const tables: readonly (readonly [string, string, string])[] = [
  [
    "MAX_LOCKDEP_CHAIN_HLOCKS",
    "dependency chain hlocks used",
    "make it larger by CONFIG_LOCKDEP_CHAINS_BITS",
  ],
  ["MAX_LOCKDEP_CHAINS", "dependency chains", "make it larger by CONFIG_LOCKDEP_CHAINS_BITS"],
  ["MAX_LOCKDEP_ENTRIES", "direct dependencies", "make it larger by CONFIG_LOCKDEP_BITS"],
  [
    "MAX_STACK_TRACE_ENTRIES",
    "stack-trace entries",
    "make it larger by CONFIG_LOCKDEP_STACK_TRACE_BITS",
  ],
  [
    "MAX_LOCKDEP_KEYS",
    "lock-classes",
    "there is no option for it: the number of classes has its bits in each held lock (MAX_LOCKDEP_KEYS_BITS)",
  ],
];

/** `enum bfs_result` in kernel/locking/lockdep.c: -1 is the full queue, -2 a node that is none. */
const searchMend = (headline: string): readonly string[] =>
  headline.endsWith("-2")
    ? [
        "The graph of dependencies has a lock without a class: memory corruption, or a fault of lockdep. Look for memory corruption first.",
      ]
    : [
        "The queue of the search is full: make it larger by CONFIG_LOCKDEP_CIRCULAR_QUEUE_BITS, unless something makes classes without end (/proc/lockdep).",
      ];

/** Returns the mends of a limit that was reached. */
export function limitMend(report: PlainSplat): readonly string[] {
  if (!isTooDeep(report)) {
    if (report.kind === "bfs-error") return searchMend(report.headline);
    const table = tables.find(([name]) => report.headline.includes(name));
    const [, line, larger] = table ?? ["", null, "make the table larger"];
    return [
      `${line === null ? "See /proc/lockdep_stats for the table that is full" : `The table is that of \`${line}\` in /proc/lockdep_stats`}; /proc/lockdep shows who fills it: classes made without end, as by a module that is loaded again and again or a key for each object, are a bug. Else ${larger}.`,
    ];
  }
  const loop = recursionOn(report.backtrace);
  const names = (report.held?.locks ?? []).map((lock) => `${lock.name}\n${placeOf(lock)}`);
  const most = names.toSorted((a, b) => count(names, b) - count(names, a))[0];
  const [name, place] = (most ?? "").split("\n");
  const often = most === undefined ? 0 : count(names, most);
  return [
    ...(often > 1
      ? [
          `${often * 2 > names.length ? "Most of what it holds" : "What it holds most often of what is shown"} is ${code(name ?? "")}${place === "" || place === undefined ? "" : `, taken${place}`}.`,
        ]
      : []),
    loop.length > 0
      ? `${listed(loop.slice(0, -1).map(code))} ${loop.length > 2 ? "call each other" : "calls itself"} on the stack: bound the recursion, or do it in a loop without holding.`
      : "It takes a lock for each element of a set, recurses, or comes back from somewhere with a lock held: take fewer at once, or one lock for all with a nest lock (mutex_lock_nest_lock()), which counts once.",
  ];
}

const count = (all: readonly string[], one: string): number =>
  all.filter((each) => each === one).length;
