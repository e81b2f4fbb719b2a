export { type Fault, Faults, KernelCError, Refused, type Span, printFaults } from "./fault.js";
export { type Faulty, faultsInCell, isFaulty } from "./in-cell.js";
