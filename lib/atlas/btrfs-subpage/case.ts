/** btrfs, 2025: a flag that seems to exclude an interrupt is cleared one step too early. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const btrfsSubpage: AtlasCase = {
  name: "btrfs-subpage",
  title: "a folio under writeback is not reclaimed",
  truth: "real",
  texts,
  question:
    "Reclaim looks at the folio's writeback flag before it takes any lock, and the interrupt comes only while a write is under way. So can the two meet?",
  premises: [
    {
      name: "clear-last",
      summary: "the flag is cleared as the last act of the interrupt",
      holds: false,
      by: "what the objection in the thread took for granted; the code clears it first",
    },
  ],
  fixes: [
    {
      name: "rcu",
      summary: "reclaim finds the buffer under rcu_read_lock(), without the tree's lock",
      fate: "merged, ad580dfa388f",
    },
    {
      name: "workqueue",
      summary: "a worker ends the write, and not the interrupt",
      fate: "named in the thread as the larger change",
    },
    {
      name: "irq-off",
      summary: "whoever takes refs_lock disables interrupts first",
      fate: "ours, to compare",
    },
  ],
  mutants: [
    {
      name: "tree-inside-refs",
      summary: "whoever holds refs_lock takes the tree's lock inside",
    },
  ],
  expected: [
    { lockdep: ["irq-safe-unsafe"], explorer: "deadlock" },
    {
      switched: ["clear-last"],
      lockdep: ["irq-safe-unsafe"],
      explorer: "safe",
      because: "lockdep knows nothing of flags: the report stays, and is false now",
    },
    { mutant: "tree-inside-refs", lockdep: ["circular"], explorer: "deadlock" },
    { fix: "rcu", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "rcu",
      mutant: "tree-inside-refs",
      lockdep: ["silent"],
      explorer: "safe",
      because: "nobody takes refs_lock under the tree's lock any more, so this order is free",
    },
    { fix: "workqueue", lockdep: ["silent"], explorer: "safe" },
    { fix: "workqueue", mutant: "tree-inside-refs", lockdep: ["circular"], explorer: "deadlock" },
    { fix: "irq-off", lockdep: ["silent"], explorer: "safe" },
    { fix: "irq-off", mutant: "tree-inside-refs", lockdep: ["recursive"], explorer: "deadlock" },
  ],
  sources: [
    {
      where:
        "linux-btrfs, <52e3db9d6f775370d963eb5179e3cbfa1ace5e04.1752795616.git.loemra.dev@gmail.com>",
      says: "the first patch; its text shows an order of events that the flag excludes",
    },
    {
      where: "linux-btrfs, <rk53fmeujogdqpwxh5zhrr4p62bd7io2pvxyuxn3w7eo57ygd6@nfb4wxhrorgw>",
      says: "the report: kswapd, HARDIRQ-safe -> HARDIRQ-unsafe, &buffer_xa_class and &eb->refs_lock",
    },
    {
      where: "linux-btrfs, <4b717bb0-d421-43e1-b722-1bf56a611df5@gmx.com>",
      says: "the objection: a folio with a buffer under writeback is not even tried",
    },
    {
      where: "linux-btrfs, <20250718183706.GA4097590@zen.localdomain>",
      says: "end_bbio_meta_write() clears the flag and takes the tree's lock after that: a window",
    },
    {
      where: "linux-btrfs, <20250719001235.GA87532@zen.localdomain>",
      says: "the order of the first text cannot happen, another can",
    },
    {
      where: "ad580dfa388f (fs/btrfs/extent_io.c, try_release_subpage_extent_buffer)",
      says: "the fix, and the schedule with the window",
    },
  ],
  reading:
    "One folio with one buffer, and one write, whose end is one interrupt on a fixed CPU. Clearing the flag last is our switch: nobody proposed it.",
  history:
    "Machines with pages larger than btrfs's blocks keep several metadata buffers in one folio. In July 2025 lockdep reported that reclaim takes refs_lock inside the tree's lock, which an interrupt takes too. A maintainer doubted it: a folio that is being written carries a flag, reclaim leaves such folios alone, and the interrupt comes only at the end of a write. A second look at the handler found that it clears the flag before it takes the lock. In between, another CPU sees a clean folio. Report, objection and window were three mails of one day; the schedule that the patch had shown at first is one that the flag does exclude.",
};
