/** Jumps: what the blocks ask for that are left is done before. */
import type { Span } from "../../errors/index.js";
import { type Body, type JumpTarget, frameOf } from "../context/context.js";

/** Goes to a target, out of the blocks between. */
export function jump(body: Body, target: JumpTarget, at: Span): void {
  target.used = true;
  const { scopes } = frameOf(body);
  for (const { atEnd, atJump } of [...scopes.slice(target.depth)].reverse()) {
    body.emit(at, ...[...atJump].reverse(), ...[...atEnd].reverse());
  }
  body.emit(at, { kind: "goto", name: target.label });
}
