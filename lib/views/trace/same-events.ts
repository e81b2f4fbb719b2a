/** Events compared by what lockdep hears of them. */
import type { Event } from "../../primitives/event.js";

/** Returns the beginning of a list of events that another one has too. */
export function samePrefix(events: readonly Event[], others: readonly Event[]): readonly Event[] {
  const differs = events.findIndex((event, at) => !isSame(event, others[at]));
  return differs < 0 ? events : events.slice(0, differs);
}

function isSame(event: Event, other: Event | undefined): boolean {
  return event.kind === other?.kind && lockOf(event) === lockOf(other);
}

const lockOf = (event: Event): string | null => ("map" in event ? event.map.id : null);
