/** The cases, from easy to disputed. */
import { named } from "../primitives/named.js";
import type { AtlasCase } from "./atlas-case.js";
import { drmmMutexInit } from "./drmm-mutex-init/case.js";
import { kvmLockAllVcpus } from "./kvm-lock-all-vcpus/case.js";
import { nbdConfigLock } from "./nbd-config-lock/case.js";

/** Every case, from easy to disputed. */
export const atlas: readonly AtlasCase[] = [drmmMutexInit, kvmLockAllVcpus, nbdConfigLock];

/**
 * Returns the case of a name.
 *
 * @throws UnknownNameError naming the nearest
 */
export const atlasCase = (name: string): AtlasCase => named("case of the atlas", name, atlas);
