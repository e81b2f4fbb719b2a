/** fs/xfs, 2024: a reference count is exclusion that lockdep cannot see; five ways to tell it. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const xfsReclaim: AtlasCase = {
  name: "xfs-reclaim",
  title: "reclaim never locks an inode that is in use",
  truth: "false",
  texts,
  question:
    "An allocation under an inode's lock may have to reclaim inodes, which takes inodes' locks. May it meet the lock that it holds?",
  premises: [
    {
      name: "referenced",
      summary: "reclaim leaves inodes alone that somebody refers to",
      holds: true,
      by: "the maintainers, of this report and of others like it",
    },
  ],
  fixes: [
    {
      name: "gfp-nofs",
      summary: "GFP_NOFS: the allocation does not reclaim what belongs to file systems",
      fate: "what the code had done before",
    },
    {
      name: "gfp-nolockdep",
      summary: "__GFP_NOLOCKDEP: it reclaims, and does not tell lockdep",
      fate: "merged, 45f69d091bab",
    },
    {
      name: "nofs-save",
      summary: "memalloc_nofs_save() around all that the lock is held for",
      fate: "asked for in the review",
    },
    {
      name: "subclass",
      summary: "reclaim takes the lock with a subclass of its own",
      fate: "thought of; XFS had no subclass left",
    },
    {
      name: "class",
      summary: "an inode that enters reclaim gets another class",
      fate: "thought of: lockdep_set_class()",
    },
  ],
  mutants: [],
  expected: [
    {
      lockdep: ["circular", "recursive"],
      explorer: "safe",
      because: "recursive where direct reclaim is the first to take two inodes' locks",
    },
    { switched: ["referenced"], lockdep: ["circular", "recursive"], explorer: "deadlock" },
    {
      fix: "gfp-nofs",
      lockdep: ["silent"],
      explorer: "safe",
      because: "no reclaim, no bug, and no memory from there",
    },
    { fix: "gfp-nofs", switched: ["referenced"], lockdep: ["silent"], explorer: "safe" },
    {
      fix: "gfp-nolockdep",
      lockdep: ["recursive"],
      explorer: "safe",
      because: "the same class twice is still seen: the review said that it would be",
    },
    {
      fix: "gfp-nolockdep",
      switched: ["referenced"],
      lockdep: ["recursive"],
      explorer: "deadlock",
      because: "one class twice, whether the inodes are two or one: lockdep says the same of both",
    },
    { fix: "nofs-save", lockdep: ["silent"], explorer: "safe" },
    { fix: "nofs-save", switched: ["referenced"], lockdep: ["silent"], explorer: "safe" },
    { fix: "subclass", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "subclass",
      switched: ["referenced"],
      lockdep: ["silent"],
      explorer: "deadlock",
      because:
        "HIDDEN: the subclass says that reclaim's inodes are others, which is what is wrong now",
    },
    { fix: "class", lockdep: ["silent"], explorer: "safe" },
    {
      fix: "class",
      switched: ["referenced"],
      lockdep: ["circular", "recursive"],
      explorer: "deadlock",
      because:
        "an inode in use kept its class: the only fix that reclaims, is silent while that is right, and hides nothing",
    },
  ],
  sources: [
    {
      where: "linux-xfs, <20240622082631.2661148-1-leo.lilong@huawei.com>",
      says: "the patch with __GFP_NOLOCKDEP",
    },
    {
      where: "linux-xfs, <20240624160342.GP3058325@frogsfrogsfrogs>",
      says: "why not memalloc_nofs_save()?",
    },
    {
      where: "linux-xfs, <20240625141026.GA986685@ceph-admin>",
      says: "the flag may not be enough: a report of one class taken twice would stay",
    },
    {
      where: "linux-xfs, <5ce25a1a-51d7-4cf3-a118-91eeeefe29a4@sandeen.net>",
      says: "memalloc_nofs_save() would say that it really deadlocks",
    },
    {
      where: "linux-xfs, <20240708190005.GQ612460@frogsfrogsfrogs>",
      says: "reclaim cannot target an inode with an active reference; a subclass, or lockdep_set_class()",
    },
    {
      where: "linux-xfs, <Zz6wV-KpCOkKS0lF@dread.disaster.area>",
      says: "the flag is the right fix to make now",
    },
    {
      where: "45f69d091bab (fs/xfs/xfs_attr_list.c, xfs_attr_shortform_list)",
      says: "the merged fix",
    },
  ],
  reading:
    "The kernel may also hold back whoever allocates until kswapd has freed something; nobody waits for kswapd here. The switch of classes is written as a second place of initialisation for the inode that is in reclaim. What each fix hides is the explorer's finding.",
  history:
    "XFS takes inodes' locks above memory reclaim and below it, and has been reported for it for as long as lockdep has watched reclaim. Below, only inodes that nobody refers to are locked, and whoever allocates holds a reference to the one that it has locked; but a count is no lock. When GFP_NOFS went out of the code, one place came back as a report. Five ways to be rid of it stood in the thread, from a flag for the allocation to a class of their own for inodes on the way out. A flag was merged, half a year later.",
};
