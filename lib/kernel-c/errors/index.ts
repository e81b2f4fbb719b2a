export {
  type Fault,
  Faults,
  KernelCError,
  Refused,
  type Span,
  printFaults,
  refused,
} from "./fault.js";
export { type Faulty, faultsInCell, isFaulty } from "./in-cell.js";
