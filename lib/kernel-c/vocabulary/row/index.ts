/** Rows of the vocabulary: what a family is written with. */
export type { Call, ListMember, Named } from "./call.js";
export {
  type CallRow,
  type Family,
  type LoopRow,
  type RoundsRow,
  does,
  gives,
  rows,
  setsUp,
} from "./family.js";
export type { DeclareOptions, Given, Instance, ObjectType } from "./object-type.js";
export { returning } from "./returning.js";
export type { PassedArgument, World } from "./world.js";
