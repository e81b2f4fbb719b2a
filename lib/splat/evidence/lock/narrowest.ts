/** The held lock that makes a context as narrow as it is. */
import type { HeldMention, LockMention, SplatReport } from "../../report/index.js";

/** Returns the inner wait type of `outer:inner`; 0 where there is none. */
export const innerWait = (wait: string | null): number => Number(wait?.split(":")[1] ?? 0);

/** Returns the held lock with the narrowest wait type that forbids the wanted one, or null. */
export function narrowestHeld(
  { held }: Pick<SplatReport, "held">,
  wanted: LockMention | null,
): HeldMention | null {
  const wants = Number(wanted?.wait?.split(":")[0] ?? 0);
  const narrow = (held?.locks ?? []).filter(
    ({ wait }) => innerWait(wait) > 0 && innerWait(wait) < wants,
  );
  return [...narrow].sort((a, b) => innerWait(a.wait) - innerWait(b.wait))[0] ?? null;
}
