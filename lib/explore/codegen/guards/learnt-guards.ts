/** JavaScript about guards while they are learnt: they are read from `search.guards` at every access. */
import type { Model } from "../../../machine/index.js";
import type { ValueWriter } from "../expressions/expression.js";
import { GuardPlaces, type GuardWriter, type Touch } from "./guard-places.js";
import type { Pass } from "../text/pass.js";

/** Writes tests of guards as they stand when the test is made. */
export class LearntGuards implements GuardWriter {
  private readonly places: GuardPlaces;

  constructor(model: Model, values: ValueWriter) {
    this.places = new GuardPlaces(model, values);
  }

  held(process: number): string {
    return `const held = ${this.places.heldBy(process)};`;
  }

  passes(): readonly Pass[] {
    return [];
  }

  needs(): readonly string[] {
    return [];
  }

  some(touch: Touch): string {
    const { places } = this;
    return places.once("some", touch, () =>
      places.ifAnywhere(touch.place, `(${places.entry(touch)} & held) !== 0`),
    );
  }

  giveUp(touches: readonly Touch[]): string {
    const losses = touches.map((touch) => this.places.once("loss", touch, () => this.loss(touch)));
    return [...new Set(losses)].join("\n");
  }

  private loss(touch: Touch): string {
    const entry = this.places.entry(touch);
    const kept = this.places.kept(touch);
    const lose = `search.broken[0] = 1; ${entry} &= ${kept};`;
    return this.places.whereAny(touch.place, `if (${entry} & ~${kept}) { ${lose} }`);
  }
}
