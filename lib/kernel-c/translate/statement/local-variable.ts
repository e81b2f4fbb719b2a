/** The storage of a variable of a function, and the values of its members and elements. */
import { expr } from "../../../machine/index.js";
import type { Declared, Initializer } from "../../parse/ast.js";
import type { Place } from "../../types/storage.js";
import { type Body, frameOf } from "../context/context.js";

/** Returns the place of a variable that is declared in a function. */
export function declareLocal(body: Body, declared: Declared): Place {
  const { function: around } = frameOf(body);
  const key = `${around.name}.${declared.name}`;
  if (declared.isStatic) return body.shared.declareStatic(declared, key);
  const storage = body.shared.declareLocal(declared, body.owner, key);
  return { storage, index: body.owner.index, text: declared.name, inside: null };
}

/** Stores the values of a list in the members or elements of a local variable. */
export function fill(body: Body, place: Place, init: Initializer): void {
  if (init.kind === "value") {
    body.store(place, body.value(init.value), init.at, `${place.text} = ${init.value.text}`);
    return;
  }
  const { storage, index } = place;
  for (const [k, item] of init.items.entries()) {
    if (storage.kind === "struct") {
      const field = item.field ?? [...storage.fields.keys()][k];
      const inner = field === undefined ? undefined : storage.fields.get(field);
      if (inner === undefined || field === undefined) {
        return body.refuse(init.at, `struct ${storage.tag} has no such member`);
      }
      fill(
        body,
        { storage: inner, index, text: `${place.text}.${field}`, inside: null },
        item.value,
      );
    } else if (storage.kind === "array") {
      const which = item.index === null ? k : body.shared.constant(item.index);
      if (which === null) return body.refuse(init.at, "an element is numbered by a constant");
      const text = `${place.text}[${String(which)}]`;
      fill(
        body,
        { storage: storage.of, index: [...index, expr(which)], text, inside: null },
        item.value,
      );
    } else if (init.items.length > 1) {
      return body.refuse(init.at, `${place.text} is one value`);
    } else {
      fill(body, place, item.value);
    }
  }
}
