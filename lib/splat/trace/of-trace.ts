/** The order of locks that a trace tells of. */
import { graphOf, type OrderGraph } from "../order/order.js";
import type { TraceReplay } from "./replay-trace.js";

/**
 * Returns the edges of a replayed trace with every witness, to ask what-if questions of.
 *
 * @param source what the trace is called in answers
 */
export const orderOfTrace = ({ edges }: TraceReplay, source: string): OrderGraph =>
  graphOf(
    edges.map(({ from, to, witnesses }) => ({
      from,
      to,
      kind: "order",
      witnesses: witnesses.map(({ frames, held, comm, pid, count }) => ({
        source: `${source}, ${comm}/${String(pid)}${count > 1 ? ` (${String(count)} times)` : ""}`,
        frames,
        held,
        learnt: "earlier",
      })),
    })),
  );
