/** A scenario of statements as a file of kernel C. */
import {
  type Process,
  type Scenario,
  type Statement,
  type Variable,
} from "../../../machine/index.js";
import { vocabularyOf } from "../../vocabulary/index.js";
import { Declarations } from "./declarations.js";
import { statementsInC, type Writer } from "./statements.js";
import { Unsayable } from "./unsayable.js";
import { variablesIn } from "./variables.js";

/** A scenario as C. */
export interface KernelCText {
  readonly text: string;
  /** What C cannot say of it, each with a comment in its place; none, if the text is the scenario. */
  readonly missing: readonly string[];
}

/**
 * Returns a scenario of statements as kernel C, with the lines of comments that say what runs: `kernelC()` makes the
 * same states of it, but for what is named as missing.
 *
 * @example
 * const m = mutex("m");
 * const one = scenario("one", { sizes: {}, processes: [thread("T", [mutex_lock(m), mutex_unlock(m)])] });
 * toKernelC(one).missing.length // 0
 */
export function toKernelC(scenario: Scenario): KernelCText {
  const unsayable = new Unsayable();
  const declarations = new Declarations(unsayable);
  const users = usersOf(scenario.processes);
  const { calls } = vocabularyOf();
  const functions: string[] = [];
  const known = new Map<string, string>();
  const isOwn = (of: Variable): boolean => (users.get(of) ?? 0) <= 1;
  const isPrimitive = (of: string): boolean => calls.has(of);
  const write: Parts["write"] = (name, body, said) => {
    const own = declarations.fresh(name);
    known.set(keyOf(name, body), own);
    const locals: string[] = [];
    const writer: Writer = {
      declarations,
      unsayable,
      isOwn,
      isPrimitive,
      functionOf: (of, inner) => {
        return known.get(keyOf(of, inner)) ?? write(of, inner);
      },
      local: (wanted) => {
        const local = `${wanted}${locals.length === 0 ? "" : String(locals.length + 1)}`;
        locals.push(local);
        return local;
      },
    };
    const lines = statementsInC(body, writer);
    const declared = locals.map((local) => `\tbool ${local};`);
    if (declared.length > 0) declared.push("");
    const head = said === undefined ? [] : [`/* lab: ${said(own)} */`];
    functions.push(
      [...head, `static void ${own}(void)`, "{", ...declared, ...lines, "}"].join("\n"),
    );
    return own;
  };
  for (const process of scenario.processes)
    runs(process, scenario, { write, isPrimitive, unsayable });
  for (const [what, all] of [
    ["always", scenario.always],
    ["quiescent", scenario.quiescent],
    ["finally", scenario.finally],
  ] as const) {
    for (const { name } of all) unsayable.note(`${what}: ${name}`);
  }
  const cpus = scenario.sizes["cpu"];
  const head = [
    `/* lab: name ${scenario.name} */`,
    ...(cpus === undefined ? [] : [`/* lab: cpus ${String(cpus)} */`]),
    ...(scenario.kernel === undefined ? [] : [`/* lab: kernel ${scenario.kernel} */`]),
  ];
  const parts = [head.join("\n"), declarations.lines.join("\n"), ...functions];
  return {
    text: `${parts.filter((part) => part !== "").join("\n\n")}\n`,
    missing: unsayable.all,
  };
}

interface Parts {
  /** Writes a function, with a comment that says what runs it if something does; returns its name. */
  readonly write: (
    name: string,
    body: readonly Statement[],
    said?: (name: string) => string,
  ) => string;
  readonly isPrimitive: (name: string) => boolean;
  readonly unsayable: Unsayable;
}

/** One function for the same statements of the same name. */
const keyOf = (name: string, body: readonly Statement[]): string =>
  `${name}\n${JSON.stringify(body)}`;

/** Writes what a process runs, with the comment that says so. */
function runs(
  process: Process,
  scenario: Scenario,
  { write, isPrimitive, unsayable }: Parts,
): void {
  const { name, kind, over, cpu, body } = process;
  const raised = scenario.processes.filter(isDevice).map(raisedBy);
  if (isDevice(process) && raisedBy(process) !== null) return;
  if (kind === "task" && over === null && (cpu?.op === "const" || cpu?.op === "home")) {
    const [loop, ...others] = body;
    const isForever = loop?.kind === "while" && loop.test === null && others.length === 0;
    const round = isForever ? loop.body : body;
    const [call, ...more] = round;
    // A thread that calls one function runs that.
    const isCall = call?.kind === "call" && more.length === 0 && !isPrimitive(call.name);
    const where = cpu.op === "const" ? ` on ${String(cpu.value)}` : "";
    write(
      isCall ? call.name : name,
      isCall ? call.body : round,
      (own) => `thread ${own}${where}${isForever ? " forever" : ""}`,
    );
    return;
  }
  const [loop] = body;
  const inner = loop?.kind === "while" ? loop.body : [];
  const handler = inner.find((of) => of.kind === "call");
  const entry = inner[0]?.kind === "step" ? inner[0] : null;
  const vector = entry?.effects.flatMap((of) => (of.kind === "assign" ? of.to.variable : []))[0];
  const device = raised.find((of) => of !== null && of.vector === vector);
  if (kind === "hardirq" && handler?.kind === "call" && inner.length === 3 && device != null) {
    const isNmi = entry?.facts.some((of) => of.kind === "nmi") === true;
    const what = isNmi ? "nmi" : "hardirq";
    write(handler.name, handler.body, (own) => `${what} ${own} on ${device.on}`);
    return;
  }
  unsayable.note(`process ${name}`);
}

const isDevice = ({ kind }: Process): boolean => kind === "device";

/** The vector that a device raises for ever, and on which CPU; null if it does something else. */
function raisedBy({ body }: Process): { readonly vector: Variable; readonly on: string } | null {
  const [loop, ...more] = body;
  // The device of C goes on for ever.
  const inner = loop?.kind === "while" && loop.test === null ? loop.body : [];
  const [only, ...others] = inner;
  if (more.length > 0 || others.length > 0 || only?.kind !== "call") return null;
  const [step] = only.body;
  const effect = step?.kind === "step" ? step.effects[0] : undefined;
  if (only.name !== "send_IPI" || effect?.kind !== "assign") return null;
  const [cpu] = effect.to.index;
  return cpu?.op === "const" ? { vector: effect.to.variable, on: String(cpu.value) } : null;
}

/** Returns how many processes use each variable. */
function usersOf(processes: readonly Process[]): ReadonlyMap<Variable, number> {
  const users = new Map<Variable, number>();
  for (const { body } of processes) {
    for (const one of new Set(variablesIn(body))) users.set(one, (users.get(one) ?? 0) + 1);
  }
  return users;
}
