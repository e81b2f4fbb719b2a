/**
 * The generated functions of a search, in two units: the steps, with what renames states, which are the
 * same whatever is known of guards; and what moves them, which tests the guards.
 */
import { canonicalPasses } from "./symmetry/canonical.js";
import { code } from "./text/code.js";
import { type Engine, engineWith, isFunctions, isObject } from "./engine-functions.js";
import { fromFactory, fromText, functionText } from "./text/instantiate.js";
import type { EngineNames, EngineParts, EngineSize, KeptCode } from "./kept-code.js";
import { localRunPasses } from "./steps/local-run.js";
import { ReducedWriter, type Touched, touchedBy } from "./steps/local-steps.js";
import { hashPass } from "./seen/insert.js";
import { type SeenFunctions, areSeenFunctions } from "./seen/seen-functions.js";
import { seenUnit } from "./seen/seen-passes.js";
import { type Pass, type Unit, sourceOf, unitOf } from "./text/pass.js";
import { stepPasses } from "./steps/steps.js";
import { expandPasses } from "./steps/successors.js";
import { swapsPass } from "./symmetry/swaps.js";
import type { Target } from "./layout/target.js";

/** The name under which the steps are kept. */
const stepsName = "steps";

/** That of what is done to states that were found. */
const seenName = "seen";

/** Makes the functions for one target; of code that is kept, nothing is written. */
export class EngineSource {
  private base: object | null = null;
  private steps: Unit | null = null;
  private touched: Touched | null = null;
  private states: SeenFunctions | null = null;
  /** What was made, by the guards that it was told. */
  private readonly made = new Map<string, Engine>();

  constructor(
    private readonly target: Target,
    private readonly kept: KeptCode | null,
    private readonly size: EngineSize,
  ) {}

  /** Returns the functions; if told the guards of all slots, they test only for those. */
  engine(guards: Int32Array | null): Engine {
    const key = this.searchName(guards);
    const kept = this.kept?.engine(key, this.size) ?? null;
    if (kept !== null) return kept;
    const known = this.made.get(key);
    if (known !== undefined) return known;
    this.base ??= this.make(isObject, stepsName, this.stepsText);
    const made = engineWith(this.make(isFunctions, key, this.searchText(guards), this.base));
    this.made.set(key, made);
    return made;
  }

  /** Returns what is done to states that were found, on any arrays. */
  seen(): SeenFunctions {
    this.states ??= this.make(areSeenFunctions, seenName, this.seenText);
    return this.states;
  }

  /** Returns the names of the code of an engine, by which it is kept. */
  names(guards: Int32Array | null): EngineNames {
    return { steps: stepsName, search: this.searchName(guards), seen: seenName };
  }

  /** Returns the units of code, as they are while guards are learnt. */
  units(): Readonly<Record<"steps" | "search" | "seen", Unit>> {
    return { steps: this.stepsUnit(), search: this.searchUnit(null), seen: seenUnit(this.target) };
  }

  /** Returns what another thread makes an engine of its own of. */
  parts(guards: Int32Array | null): EngineParts {
    const name = this.searchName(guards);
    const of = (name: string, text: () => string): string => this.kept?.textOf(name) ?? text();
    return {
      steps: of(stepsName, this.stepsText),
      search: of(name, this.searchText(guards)),
      seen: of(seenName, this.seenText),
      module: this.kept?.moduleOf(name) ?? null,
      size: this.size,
    };
  }

  private readonly stepsText = (): string => functionText(sourceOf(this.stepsUnit()));

  private readonly seenText = (): string => functionText(sourceOf(seenUnit(this.target)));

  private readonly searchText = (guards: Int32Array | null) => (): string =>
    functionText(sourceOf(this.searchUnit(guards)));

  private searchName(guards: Int32Array | null): string {
    return this.target.reductions.local ? `search ${String(guards?.join())}` : "search";
  }

  private make<F>(
    is: (of: unknown) => of is F,
    name: string,
    text: () => string,
    base?: object,
  ): F {
    return this.kept === null
      ? fromText(is, text(), base)
      : fromFactory(is, this.kept.make(name, text), base);
  }

  private touchedSlots(): Touched | null {
    if (this.target.reductions.local) this.touched ??= touchedBy(this.target);
    return this.touched;
  }

  private stepsUnit(): Unit {
    this.steps ??= this.writtenSteps();
    return this.steps;
  }

  private writtenSteps(): Unit {
    const { target } = this;
    const touched = this.touchedSlots();
    const { model, packing, symmetry, record, codes, frames } = target;
    const renaming =
      record.merged === null || frames.length === 1
        ? []
        : [swapsPass(model, packing, symmetry), ...canonicalPasses(target, record.merged)];
    const owners = touched === null ? [] : [touched.owners.pass(codes)];
    const steps = stepPasses(target, touched?.owners ?? null);
    return unitOf([...renaming, ...owners, ...steps], "all");
  }

  private searchUnit(guards: Int32Array | null): Unit {
    const { target } = this;
    const touched = this.touchedSlots();
    const steps = this.stepsUnit();
    const { merged } = target.record;
    const reducer = touched === null ? null : new ReducedWriter(target, touched, guards);
    const passes = [
      ...(reducer?.guards.passes(target.codes) ?? []),
      ...expandPasses(target, reducer),
      ...(reducer === null || merged === null ? [] : localRunPasses(target, reducer, merged)),
      ...(merged === null ? [] : [hashPass(target.record, merged)]),
    ];
    const all = [...passes.flatMap(({ provides }) => provides), ...steps.returns];
    return unitOf(
      [...passes, finishPass(all), expandAllPass(target)],
      ["expand", "finish", "expandAll"],
      steps.returns,
    );
  }
}

/** Returns what expands one state after another. */
function expandAllPass({ packing, record }: Target): Pass {
  return {
    title: "all successors of several states",
    source: code`function expandAll(states, first, last, batch, end, limit, search) {
      let id = first, from = end, after = end;
      search.quiet[0] = 0;
      while (id < last && after < limit && search.quiet[0] === 0) {
        from = after;
        after = expand(states, id * ${packing.words}, id, batch, from, search);
        ${record.merged === null ? "" : "finish(batch, from, after, search);"}
        id++;
      }
      search.quiet[1] = id;
      return after;
    }`,
    provides: ["expandAll"],
    needs: ["expand", "finish"],
  };
}

/** Returns what is done to all successors, of what there is to do. */
function finishPass(available: readonly string[]): Pass {
  const needs = ["runAll", "canonicalAll", "hashAll"].filter((name) => available.includes(name));
  return {
    title: "what is done to all successors of a batch",
    source: code`function finish(batch, first, end, search) {
      ${needs.map((name) => `${name}(batch, first, end, search);`)}
    }`,
    provides: ["finish"],
    needs,
  };
}
