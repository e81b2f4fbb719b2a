/** Accesses that may be wrong at run time: an index outside of its array, a pointer that is NULL. */
import {
  CPU,
  type Expr,
  NONE,
  and,
  check,
  expr,
  le,
  lt,
  ne,
  step,
} from "../../../../machine/index.js";
import type { Span } from "../../../errors/index.js";
import type { Expression } from "../../../parse/ast.js";
import type { Place } from "../../../types/storage.js";
import type { Body } from "../../context/context.js";
import type { Value } from "../../context/values.js";

const placeText = ({ file, line }: Span): string => `at ${file}:${String(line)}`;

/** Notes that an index that is known at run time must be one of the array's. */
export function checkIndex(body: Body, base: Place, index: Expr, at: Span, text: string): void {
  const { storage } = base;
  if (storage.kind !== "array" || index.op === "const") return;
  const { length: given } = storage;
  const { cpus, sizes } = body.shared;
  const length =
    typeof given === "number" ? given : given === CPU ? cpus : (sizes.get(given.name) ?? 0);
  body.emit(
    at,
    step(`${text} is there`, {
      then: [
        check(
          and(le(expr(0), index), lt(index, length)),
          `${text} is outside of its ${String(length)} elements ${placeText(at)}`,
          "misuse",
        ),
      ],
    }),
  );
}

/** Notes that a pointer to an object of a pool must lead somewhere. */
export function checkPointer(
  body: Body,
  { expr: pointer }: Value & { readonly kind: "pointer" },
  of: Expression,
): void {
  if (pointer.op !== "const" && pointer.op !== "bound") checkNotNull(body, pointer, of);
}

/** Notes that what holds the number of one of several things must not be NULL. */
export function checkNotNull(body: Body, pointer: Expr, of: Expression): void {
  const message = `${of.text} is NULL ${placeText(of.at)}`;
  body.emit(
    of.at,
    step(`${of.text} != NULL`, { then: [check(ne(pointer, NONE), message, "misuse")] }),
  );
}
