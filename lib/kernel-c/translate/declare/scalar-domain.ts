/** The values that a scalar may have: what its type says, its remark, and what was learnt from the text. */
import { CPU, type Domain, NONE, idOrNone, idSet, int } from "../../../machine/index.js";
import { type CType, isCpuRemark, rangeIn } from "../../types/ctype.js";
import type { Pool } from "../../types/storage.js";
import type { FirstValuesWith } from "./first-values.js";

/** Returns the values that a scalar may have. */
export function scalarDomain(
  type: CType,
  key: string,
  remark: string | null,
  learned: FirstValuesWith["learned"],
  pools: ReadonlyMap<string, Pool>,
): Domain {
  switch (type.kind) {
    case "bool":
      return { kind: "bool" };
    case "int": {
      if (learned.flags.has(key)) return { kind: "bool" };
      const holdsCpu = learned.cpus.has(key) && !learned.counted.has(key);
      if (holdsCpu || isCpuRemark(remark)) return idOrNone(CPU);
      const said = rangeIn(remark);
      const seen = learned.ranges.get(key);
      const { min, max } =
        said ??
        (seen === undefined
          ? type
          : { min: Math.max(type.min, seen.min), max: Math.min(type.max, seen.max) });
      return int(Math.min(min, max), Math.max(min, max));
    }
    case "code":
      return int(NONE, Math.max(0, learned.targetsOf(key).length - 1));
    case "pointer": {
      if (type.to.kind !== "struct") {
        return int(NONE, Math.max(0, learned.targetsOf(key).length - 1));
      }
      learned.pooled.add(type.to.tag);
      return idOrNone(pools.get(type.to.tag)?.set ?? idSet(type.to.tag));
    }
    case "void":
    case "struct":
    case "object":
      return { kind: "bool" };
  }
}

/** Returns the first value of what no initialiser speaks of: 0, or what is nearest to it. */
export const firstOf = (domain: Domain): number => {
  if (domain.kind === "int") return Math.min(Math.max(0, domain.min), domain.max);
  return 0;
};
