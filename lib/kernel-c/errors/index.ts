export { type Fault, Faults, KernelCError, Refused, type Span, printFaults } from "./fault.js";
