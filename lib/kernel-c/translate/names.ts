/** What names stand for. */
import { type Binding, type Body, frameOf } from "./context.js";

/** Returns what a name stands for: in the blocks around, then in the file; null if it is no variable. */
export function lookUp(body: Body, name: string): Binding | null {
  const { scopes } = frameOf(body);
  for (const { names } of [...scopes].reverse()) {
    const found = names.get(name);
    if (found !== undefined) return found;
  }
  const place = body.shared.globals.get(name);
  return place === undefined ? null : { kind: "place", place };
}
