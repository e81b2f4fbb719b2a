/** drivers/block/nbd.c, 2025: reference counts exclude what lockdep sees, and the fix opens a race. */
import type { AtlasCase } from "../atlas-case.js";
import { texts } from "./texts.js";

export const nbdConfigLock: AtlasCase = {
  name: "nbd-config-lock",
  title: "silencing the report opened a race",
  truth: "false",
  texts,
  question:
    "Three mutexes in a circle, on three paths. Can all three paths be under way at once, for one device?",
  premises: [
    {
      name: "config-refs",
      summary: "a closing file takes config_lock only if it is the last user of the configuration",
      holds: true,
      by: "the patch's author: the two paths are kept apart by a reference count",
    },
    {
      name: "refs",
      summary: "the device is taken away only when no file has it open",
      holds: true,
      by: "the patch's author, of the third path",
    },
    {
      name: "one-starter",
      summary: "only one file ever starts the device",
      holds: false,
      by: "our reading: what the merged fix relies on",
    },
  ],
  fixes: [
    {
      name: "einval",
      summary: "drop config_lock around the update, and fail if the connections changed meanwhile",
      fate: "the first proposal; its race was shown in the thread",
    },
    {
      name: "pid-first",
      summary: "say that the device is started, then drop config_lock around the update",
      fate: "proposed, not taken",
    },
    {
      name: "retry",
      summary: "drop config_lock, and update again if the connections changed",
      fate: "its first version; the review asked to read the number again",
    },
    {
      name: "retry-afresh",
      summary: "the same, and the number is read again",
      fate: "merged, 8b428f42f3ed",
    },
  ],
  mutants: [],
  expected: [
    {
      lockdep: ["circular", "silent"],
      explorer: "safe",
      because:
        "silent where the device is never taken away, since a file is still open when the work runs",
    },
    {
      switched: ["config-refs"],
      lockdep: ["circular", "silent"],
      explorer: "safe",
      because: "the other reference count is enough",
    },
    { switched: ["refs"], lockdep: ["circular"], explorer: "safe", because: "and so is this one" },
    { switched: ["config-refs", "refs"], lockdep: ["circular"], explorer: "deadlock" },
    {
      fix: "einval",
      lockdep: ["silent"],
      explorer: "assert",
      because: "a running device has fewer queues than connections",
    },
    { fix: "pid-first", lockdep: ["silent"], explorer: "safe" },
    { fix: "pid-first", switched: ["config-refs", "refs"], lockdep: ["silent"], explorer: "safe" },
    { fix: "retry", lockdep: ["silent"], explorer: "assert" },
    {
      fix: "retry-afresh",
      lockdep: ["silent"],
      explorer: "assert",
      because: "the second starter comes in while config_lock is dropped",
    },
    { fix: "einval", switched: ["one-starter"], lockdep: ["silent"], explorer: "safe" },
    { fix: "retry-afresh", switched: ["one-starter"], lockdep: ["silent"], explorer: "safe" },
  ],
  sources: [
    {
      where: "linux-block, <aFjbavzLAFO0Q7n1@fedora>",
      says: "the first proposal: unlock, update, lock, -EINVAL",
    },
    {
      where: "linux-block, <20250627092348.1527323-1-yukuai1@huaweicloud.com>",
      says: "the three paths, why the report is false, and pid-first",
    },
    {
      where: "linux-block, <c2fbaacc-62a1-4a98-4157-2637b7f242b7@huaweicloud.com>",
      says: "the race of the first proposal, step by step",
    },
    {
      where: "linux-block, <95e6bce2-19dc-4085-908e-c81fa7a1d5d3@linux.ibm.com>",
      says: "retry must read the number of connections again",
    },
    {
      where: "8b428f42f3ed (drivers/block/nbd.c, nbd_start_device)",
      says: "the merged fix",
    },
  ],
  reading:
    "That either reference count alone keeps the paths apart is the explorer's finding. So is that the merged fix lets a second starter in while config_lock is dropped: in the kernel, device_create_file() would then fail for the second, which we have not tried. Adding a socket to a device that runs is left out, since the task that sets a device up starts it last.",
  history:
    "In June 2025 syzbot closed a circle of open_mutex, config_lock and update_nr_hwq_lock: closing a file, starting the device, taking it away. The driver's reference counts keep these apart, so the patch called the report false, and still broke the circle, by dropping config_lock around the update of the hardware queues. Where a lock is dropped, others come in: the first proposal could leave a running device with fewer queues than connections, as a reviewer showed in ten lines. Of four candidates the shortest that survived the review was merged. With one file that starts the device it is right.",
};
