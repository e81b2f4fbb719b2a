/** How far an agent's search may go: it waits for the answer. */
import { z } from "zod";
import type { Limits } from "../frame/limit-options.js";

const most = { states: 5_000_000, seconds: 120 } as const;
const usual = { states: 1_000_000, seconds: 20 } as const;

/** The limits among a tool's arguments. */
export const limitShape = {
  max_states: z
    .int()
    .min(1)
    .max(most.states)
    .default(usual.states)
    .describe(
      "stop after so many states; the verdict is then inconclusive unless something was found",
    ),
  max_seconds: z
    .number()
    .positive()
    .max(most.seconds)
    .default(usual.seconds)
    .describe("stop after so many seconds"),
};

/** Returns the limits of a search. */
export const limitsOf = (given: {
  readonly max_states: number;
  readonly max_seconds: number;
}): Limits => ({ maxStates: given.max_states, maxSeconds: given.max_seconds });
