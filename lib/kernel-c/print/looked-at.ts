/** What is kept for later and never looked at: nobody would write it. */
import { type Expr, type Variable, partsOf } from "../../machine/index.js";
import type { Shape } from "./shape.js";

/** Returns shapes without the temporaries that nothing reads. */
export function lookedAt(shapes: readonly Shape[]): readonly Shape[] {
  const read = new Set<Variable>();
  const see = (of: Expr): void => {
    if (of.op === "read") read.add(of.variable);
    partsOf(of).forEach(see);
  };
  const all = (body: readonly Shape[]): void => {
    body.forEach(visit);
  };
  const visit = (of: Shape): void => {
    switch (of.kind) {
      case "set":
        see(of.value);
        of.to.index.forEach(see);
        return;
      case "call":
      case "either":
        of.arms.forEach(all);
        return;
      case "if":
        see(of.test);
        all(of.then);
        all(of.otherwise);
        return;
      case "loop":
        if (of.test !== null) see(of.test);
        all(of.body);
        return;
      case "function":
        all(of.body);
        return;
      case "step":
        see(of.step.guard);
        for (const effect of of.step.effects) if (effect.kind === "check") see(effect.test);
        return;
      case "jump":
      case "goto":
      case "label":
        return;
    }
  };
  all(shapes);
  const keep = (body: readonly Shape[]): readonly Shape[] =>
    body.flatMap((one): readonly Shape[] => {
      switch (one.kind) {
        case "set": {
          const { variable } = one.to;
          const isIdle = variable.temporary === true && !read.has(variable) && isOwn(one.value);
          return isIdle ? [] : [one];
        }
        case "call":
        case "either":
          return [{ ...one, arms: one.arms.map(keep) }];
        case "if":
          return [{ ...one, then: keep(one.then), otherwise: keep(one.otherwise) }];
        case "loop":
        case "function":
          return [{ ...one, body: keep(one.body) }];
        case "step":
        case "jump":
        case "goto":
        case "label":
          return [one];
      }
    });
  return keep(shapes);
}

/** Whether a value is made of what a function has for itself. */
function isOwn(of: Expr): boolean {
  if (of.op === "read") {
    const { temporary, name } = of.variable;
    if (temporary !== true && !name.includes(": ")) return false;
  }
  return partsOf(of).every(isOwn);
}
