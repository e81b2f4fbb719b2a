/** The options that say how far a search may go. */
import type { Command } from "commander";
import type { ExploreOptions } from "../../explore/index.js";
import { amountOption, countOption } from "./options.js";

/** What `withLimitOptions` adds to a command: only what was given is there. */
export type Limits = Pick<ExploreOptions, "maxStates" | "maxSeconds" | "maxMegabytes" | "maxDepth">;

/** Adds the options that limit a search. */
export function withLimitOptions(command: Command): Command {
  return command
    .option("--max-states <n>", "stop after so many states", countOption(1, 1e9))
    .option("--max-seconds <n>", "stop after so many seconds, such as 0.5", amountOption(1e6))
    .option("--max-megabytes <n>", "stop at so much memory", amountOption(1e6))
    .option("--max-depth <n>", "look no further than so many steps", countOption(1, 1e9));
}

/** Returns a text that names budgets with the options that set them here. */
export const inOptions = (text: string): string =>
  text.replace(
    /\bmax(States|Seconds|Megabytes|Depth)\b/g,
    (_, what: string) => `--max-${what.toLowerCase()}`,
  );

/** Returns the limits that were given, and nothing else. */
export function limitsIn({ maxStates, maxSeconds, maxMegabytes, maxDepth }: Limits): Limits {
  return {
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(maxSeconds === undefined ? {} : { maxSeconds }),
    ...(maxMegabytes === undefined ? {} : { maxMegabytes }),
    ...(maxDepth === undefined ? {} : { maxDepth }),
  };
}
