/** Calls: of macros and functions of the text, of what C code is written with, and of the vocabulary. */
import { nearest } from "../../../primitives/named.js";
import type { Place } from "../../types/storage.js";
import { headerFunctions } from "../../headers/index.js";
import { placeCalls, valueCalls } from "./named-calls.js";
import type { CallRow } from "../../vocabulary/index.js";
import { callOf } from "./call.js";
import { Cases, forEach } from "./cases.js";
import { argumentOf } from "./given.js";
import { learnClass } from "./class-place.js";
import type { Body, CallExpression } from "../context/context.js";
import { expanded } from "../expression/macro/expand.js";
import { lookUp } from "../expression/place/names.js";
import { type Value, literal } from "../context/values.js";

/** Returns what a call is worth; what it does comes before, step by step. */
export function call(body: Body, of: CallExpression): Value {
  const { unit, vocabulary } = body.shared;
  const macro = unit.macros.get(of.name);
  if (macro?.parameters != null) {
    const { length } = macro.parameters;
    const fits = macro.isVariadic ? of.args.length >= length : of.args.length === length;
    if (!fits) {
      const wanted = [...macro.parameters, ...(macro.isVariadic ? ["..."] : [])].join(", ");
      return body.refuse(
        of.at,
        `${of.name}(${wanted}) is given ${String(of.args.length)} arguments`,
      );
    }
    return isPrinted(macro.body) ? { kind: "void" } : expanded(body, macro, of.args, of);
  }
  if (macro?.parameters === null) {
    const alias = /^\s*(\w+)\s*$/.exec(macro.body)?.[1];
    if (alias !== undefined && alias !== of.name) return call(body, { ...of, name: alias });
  }
  const variable = unit.functions.has(of.name) ? null : lookUp(body, of.name);
  if (variable !== null) {
    const callee = body.value({ kind: "name", name: of.name, at: of.nameAt, text: of.name });
    if (callee.kind === "function" || callee.kind === "choice") {
      return body.indirect(callee, of, of.args);
    }
  }
  const written = unit.functions.get(of.name);
  if (written !== undefined) {
    const args = of.args.map((arg) => body.value(arg));
    return body.inline(written, args, of.at);
  }
  const place = body.placeCall(of);
  if (place !== null) return body.load(place, of.at);
  if (vocabulary.initializers.has(of.name)) {
    learnClass(body, of.args[0]);
    return { kind: "void" };
  }
  const builtin = valueCalls.get(of.name);
  if (builtin !== undefined) {
    expectCount(body, of, builtin.takes);
    return builtin.run(body, of);
  }
  const row = vocabulary.calls.get(of.name);
  if (row !== undefined) {
    if (row.takes !== "(name)") expectCount(body, of, row.takes);
    return runRow(body, of, row);
  }
  if (isTracepoint(of.name) && !unit.prototypes.has(of.name)) {
    return of.name.endsWith("_enabled") ? literal(0) : { kind: "void" };
  }
  return body.refuse(of.nameAt, unknownCall(body, of.name));
}

/** Whether all that a macro does is to print: its text may be none that the subset can read. */
const isPrinted = (body: string): boolean =>
  /^\s*(?:no_printk|printk\w*|pr_\w+|dev_(?:dbg|info|warn|err)\w*|trace_printk)\s*\([^;]*\)\s*$/.test(
    body.replace(/\\\r?\n/g, " "),
  );

/** Calls of include/trace/events, and whether somebody listens: nobody does. */
const isTracepoint = (name: string): boolean => /^trace_\w+$/.test(name);

/** Makes a call of the vocabulary; for each thing that an argument may be, where that is known at run time alone. */
function runRow(body: Body, of: CallExpression, row: CallRow): Value {
  const made: Value[] = [];
  try {
    const steps = body.collect(() => {
      const { asCall, value } = callOf(body, of);
      made.push(value(row.run(asCall)));
    });
    body.emit(of.at, ...steps);
  } catch (error) {
    if (!(error instanceof Cases)) throw error;
    const given = argumentOf(body, of, error.which);
    body.emit(given.at, ...error.steps);
    return forEach(body, error.choice, given, (value) =>
      body.pin(given, value, () => runRow(body, of, row)),
    );
  }
  return made[0] ?? { kind: "void" };
}

/** Returns the place that a call names; null if it is a value, or no such call. */
export function placeCall(body: Body, of: CallExpression): Place | null {
  const found = placeCalls.get(of.name);
  if (found === undefined || body.shared.unit.functions.has(of.name)) return null;
  expectCount(body, of, found.takes);
  return found.run(body, of);
}

/** Refuses a call with too many or too few arguments. */
export function expectCount(body: Body, of: CallExpression, takes: string): void {
  const wanted = takes === "" ? [] : takes.split(",").map((name) => name.trim());
  const least = wanted.filter((name) => !name.startsWith("[") && name !== "...").length;
  const most = takes.includes("...") ? Infinity : wanted.length;
  const { length } = of.args;
  if (length >= least && length <= most) return;
  body.refuse(
    of.at,
    `${of.name}(${takes}) is given ${String(length)} ${length === 1 ? "argument" : "arguments"}`,
  );
}

function unknownCall(body: Body, name: string): string {
  const { unit, vocabulary } = body.shared;
  const instead = vocabulary.instead.get(name);
  if (instead !== undefined) return `${name}() is not in the subset: ${instead}`;
  if (unit.prototypes.has(name)) {
    return `${name}() is declared and has no body here: write one; an empty one, if it does nothing that matters`;
  }
  if (lookUp(body, name) !== null) return `${name} is a variable, and no function`;
  const all = [
    ...unit.functions.keys(),
    ...vocabulary.calls.keys(),
    ...headerFunctions,
    ...valueCalls.keys(),
    ...placeCalls.keys(),
    ...[...unit.macros.values()].flatMap((macro) =>
      macro.parameters === null ? [] : [macro.name],
    ),
  ];
  const [near] = nearest(name, all);
  const hint =
    near === undefined
      ? "write its body in this file; an empty one, if it does nothing that matters"
      : `did you mean ${near}()?`;
  return `no such call: ${name}(); ${hint}`;
}
