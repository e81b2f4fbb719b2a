/** Handles: what code has a pointer to, and the lab the thing itself, as a workqueue. */
import type { Expression } from "../../parse/ast.js";
import type { CType } from "../../types/ctype.js";
import type { Place } from "../../types/storage.js";
import type { Body, Shared } from "../context/context.js";
import type { Value } from "../context/values.js";
import { Refused } from "../../errors/index.js";

/** Returns whether a type is that of a handle. */
export const isHandle = ({ vocabulary }: Shared, type: CType): boolean =>
  type.kind === "object" &&
  (type.name === "struct llist_node *" || vocabulary.types.get(type.name)?.handle === true);

/** Returns the handle that an expression names; null if it is none. */
export function handleOf(body: Body, of: Expression): Place | null {
  if (of.kind !== "name" && of.kind !== "member" && of.kind !== "index") return null;
  const found: Place[] = [];
  body.collect(() => {
    try {
      found.push(body.place(of));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  });
  const [place] = found;
  return place !== undefined && isHandlePlace(place) ? place : null;
}

/** Returns whether a place is a handle. */
export const isHandlePlace = ({ storage }: Place): boolean =>
  (storage.kind === "object" && storage.type.handle === true) ||
  (storage.kind === "link" && storage.isPointer);

/** Evaluates what a handle is assigned: NULL, or a call that knows where what it returns goes. */
export function setHandle(body: Body, handle: Place, of: Expression): Value {
  body.assigning(handle, of);
  return { kind: "address", place: handle };
}
