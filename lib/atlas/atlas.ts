/** The cases, from easy to disputed. */
import { named } from "../primitives/named.js";
import type { AtlasCase } from "./atlas-case.js";
import { abba } from "./abba/case.js";
import { afUnixCmpFn } from "./af-unix-cmp-fn/case.js";
import { blkFreeze } from "./blk-freeze/case.js";
import { btrfsSubpage } from "./btrfs-subpage/case.js";
import { diningPhilosophers } from "./dining/case.js";
import { dmaFenceSignalling } from "./dma-fence-signalling/case.js";
import { drmmMutexInit } from "./drmm-mutex-init/case.js";
import { encodedRead } from "./encoded-read/case.js";
import { fcntlSigio } from "./fcntl-sigio/case.js";
import { irqOnHeldLock } from "./irq-on-held-lock/case.js";
import { jbd2PerJournalKey } from "./jbd2-per-journal-key/case.js";
import { kvmLockAllVcpus } from "./kvm-lock-all-vcpus/case.js";
import { kvmUsageLock } from "./kvm-usage-lock/case.js";
import { loopFrozenFsync } from "./loop-frozen-fsync/case.js";
import { lostWakeup } from "./lost-wakeup/case.js";
import { nbdConfigLock } from "./nbd-config-lock/case.js";
import { petersonExclusion } from "./peterson/case.js";
import { putTaskStruct } from "./put-task-struct/case.js";
import { readerTwice } from "./reader-twice/case.js";
import { resctrlIpiAssert } from "./resctrl-ipi-assert/case.js";
import { tickFreeze } from "./tick-freeze/case.js";
import { wwFirstMap } from "./ww-first-map/case.js";
import { xfsReclaim } from "./xfs-reclaim/case.js";

/** Every case, from easy to disputed. */
export const atlas: readonly AtlasCase[] = [
  abba,
  irqOnHeldLock,
  readerTwice,
  lostWakeup,
  diningPhilosophers,
  petersonExclusion,
  drmmMutexInit,
  jbd2PerJournalKey,
  resctrlIpiAssert,
  encodedRead,
  kvmLockAllVcpus,
  btrfsSubpage,
  fcntlSigio,
  xfsReclaim,
  afUnixCmpFn,
  dmaFenceSignalling,
  wwFirstMap,
  tickFreeze,
  nbdConfigLock,
  kvmUsageLock,
  blkFreeze,
  putTaskStruct,
  loopFrozenFsync,
];

/**
 * Returns the case of a name.
 *
 * @throws UnknownNameError naming the nearest
 */
export const atlasCase = (name: string): AtlasCase => named("case of the atlas", name, atlas);
