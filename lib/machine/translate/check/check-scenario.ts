/** Looks whether a scenario is made of what it should be made of, before anything is done with it. */
import { checkSleeping } from "./check-sleeping.js";
import type { Scenario } from "../../language/scenario.js";
import { shown } from "../../../primitives/shown.js";
import type { Effect } from "../../language/effect.js";
import type { Statement } from "../../language/statement.js";

/** More of anything are too many to be explored. */
const most = 64;

/**
 * Checks a scenario that may have been written without a type checker.
 *
 * @throws TypeError that names the place: the process, the functions around it, and which statement
 */
export function checkScenario(scenario: Scenario): void {
  const given: unknown = scenario;
  if (!has(given, "sizes") || !has(given, "processes")) {
    throw new TypeError(
      `a scenario is wanted, not ${shown(given)}; scenario("name", ...) makes one`,
    );
  }
  const where = `scenario "${scenario.name}"`;
  if (typeof given.sizes !== "object" || given.sizes === null) {
    throw new TypeError(
      `${where}: sizes, such as { cpu: 2 }, are wanted, and not ${shown(given.sizes)}`,
    );
  }
  for (const [set, size] of Object.entries(scenario.sizes)) {
    if (Number.isInteger(size) && size >= 1 && size <= most) continue;
    const wanted = `a whole number from 1 to ${String(most)}`;
    throw new TypeError(`${where}: sizes.${set} is ${shown(size)}; ${wanted} is wanted`);
  }
  const processes = listOf(scenario.processes, "processes", where);
  if (processes.length === 0) {
    throw new TypeError(`${where} has no processes, so nothing can happen in it`);
  }
  for (const [at, process] of processes.entries()) {
    if (!has(process, "name") || !has(process, "body")) {
      const from = "thread(), tasks(), hardirq(), softirq() or device()";
      throw new TypeError(
        `${where}: process ${String(at + 1)} is ${shown(process)}, and not what ${from} returns`,
      );
    }
    const place = { functions: `process ${String(process.name)}`, inside: "", within: [] };
    checkBody(process.body, place);
  }
  checkSleeping(scenario.processes);
}

/** The process and the functions around a statement, and where it is in the innermost of them. */
interface Place {
  readonly functions: string;
  readonly inside: string;
  /** The lists of statements around it. */
  readonly within: readonly unknown[];
}

const printed = ({ functions, inside }: Place): string => functions + inside;

function checkBody(body: unknown, place: Place): void {
  const statements = listOf(body, "statements", printed(place));
  if (place.within.includes(body)) {
    throw new TypeError(
      `${printed(place)}: this list of statements contains itself; forever() makes a loop`,
    );
  }
  const within = [...place.within, body];
  for (const [at, item] of statements.entries()) {
    const here = { ...place, within, inside: `${place.inside}, statement ${String(at + 1)}` };
    if (!isStatement(item)) throw new TypeError(`${printed(here)}: ${hintFor(item)}`);
    checkParts(item, here);
  }
}

function checkParts(item: Statement, place: Place): void {
  const within = (part: string): Place => ({ ...place, inside: `${place.inside}, ${part}` });
  switch (item.kind) {
    case "step":
      checkEffects(item.effects, `${printed(place)} ("${item.label}")`);
      return;
    case "choose": {
      const inner: unknown = item.step;
      if (!isStatement(inner) || inner.kind !== "step") {
        throw new TypeError(
          `${printed(place)}: choose() picks for one step, and not for ${shown(inner)}`,
        );
      }
      checkEffects(inner.effects, `${printed(place)} ("${inner.label}")`);
      return;
    }
    case "if":
      checkBody(item.then, within("if_"));
      checkBody(item.else, within("if_ otherwise"));
      return;
    case "until":
      for (const { then } of item.exits) checkBody(then, within("loop exit"));
      checkBody(item.body, within("loop"));
      return;
    case "either":
      for (const [at, arm] of item.arms.entries()) {
        checkBody(arm, within(`either arm ${String(at + 1)}`));
      }
      return;
    case "while":
      checkBody(item.body, within("loop"));
      return;
    case "call":
    case "section": {
      const name: unknown = item.name;
      if (typeof name !== "string") {
        throw new TypeError(
          `${printed(place)}: ${shown(name)} where the name of a function belongs`,
        );
      }
      checkBody(item.body, {
        ...place,
        functions: `${place.functions} > ${item.name}`,
        inside: "",
      });
      return;
    }
    case "annotate":
    case "break":
    case "continue":
    case "return":
    case "label":
    case "goto":
      return;
  }
}

function checkEffects(effects: unknown, where: string): void {
  for (const [at, effect] of listOf(effects, "effects", where).entries()) {
    if (!isEffect(effect)) {
      const hint = "assign(), when(), each() and check() return effects";
      throw new TypeError(`${where}: effect ${String(at + 1)} is ${shown(effect)}; ${hint}`);
    }
    if (effect.kind === "each") checkEffects(effect.body, where);
    if (effect.kind !== "if") continue;
    checkEffects(effect.then, where);
    checkEffects(effect.else, where);
  }
}

/** Returns what was probably meant by something that is no statement. */
function hintFor(item: unknown): string {
  if (typeof item === "function") return `${shown(item)} is not called`;
  if (Array.isArray(item)) return "a list within the list; put ... before it";
  if (isEffect(item)) {
    const call = item.kind === "if" ? "when" : item.kind;
    const other =
      { assign: " or write set(x, 1)", check: " or write assert(x)" }[item.kind as string] ?? "";
    return `${call}() is an effect, and no statement; put it into step("...", { then: [${call}(...)] })${other}`;
  }
  if (item === undefined) return "undefined; does a function lack its return?";
  return `${shown(item)} is not a statement`;
}

function listOf(value: unknown, what: string, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "function") {
    throw new TypeError(
      `${where}: a list of ${what} is wanted, not ${shown(value)}; thread() takes the list itself, and tasks() a function`,
    );
  }
  if (value instanceof Promise) {
    throw new TypeError(
      `${where}: a list of ${what} is wanted, not a promise; nothing here is async`,
    );
  }
  throw new TypeError(
    `${where}: a list of ${what} is wanted, not ${shown(value)}; put it into [ ]`,
  );
}

const statementKinds: ReadonlySet<unknown> = new Set<Statement["kind"]>([
  "step",
  "annotate",
  "choose",
  "if",
  "while",
  "until",
  "either",
  "call",
  "section",
  "break",
  "continue",
  "return",
  "label",
  "goto",
]);

const effectKinds: ReadonlySet<unknown> = new Set<Effect["kind"]>([
  "assign",
  "if",
  "each",
  "check",
]);

const isStatement = (item: unknown): item is Statement =>
  has(item, "kind") && statementKinds.has(item.kind);

const isEffect = (item: unknown): item is Effect => has(item, "kind") && effectKinds.has(item.kind);

function has<Key extends string>(of: unknown, key: Key): of is Readonly<Record<Key, unknown>> {
  return typeof of === "object" && of !== null && key in of;
}
