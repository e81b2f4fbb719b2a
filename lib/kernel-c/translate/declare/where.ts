/** What is to be kept, and by which names it is known. */
import type { Dimension } from "../../../machine/index.js";
import type { InitialValues } from "../../types/initial-values.js";

/** What is to be kept, and by which names it is known. */
export interface Where {
  /** By which it is known: `foo.lock` of any `struct foo`, `lock` of one alone. */
  readonly key: string;
  /** As the variable is named. */
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly remark: string | null;
  /** The structure and the member that it is. */
  readonly member: { readonly tag: string; readonly field: string } | null;
  readonly inits: InitialValues;
  readonly isLocal: boolean;
  /** Whether it is all objects that pointers lead to: then what is inside of one has a name of its own. */
  readonly isPool: boolean;
}
