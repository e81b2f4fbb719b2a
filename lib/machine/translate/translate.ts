/** From a scenario to its model: sets get their sizes, names their slots, processes their tables. */
import type { StackedFact } from "../model/stacked-fact.js";
import { atItsPlace } from "./at-its-place.js";
import { checkCpus } from "./check/check-cpus.js";
import { checkScenario } from "./check/check-scenario.js";
import { flowOf } from "./flow.js";
import { modelOnce } from "./kept-translations.js";
import type { Flow, FlowEdge } from "./control-flow/flow-type.js";
import type { Condition, Instance, Model, ResolvedFact, Slot, Transition } from "../model/model.js";
import { Resolver, type Scope } from "./resolve/resolve-effects.js";
import type { Expr } from "../language/expr.js";
import { NONE } from "../language/id-set.js";
import { signalPending } from "../kernel/signal-pending.js";
import type { Process } from "../language/process-type.js";
import type { Scenario } from "../language/scenario.js";
import { checkConstants, homesOf, layout, locationSlots, memberCount } from "./resolve/slots.js";
import { ReadsBeyond } from "./resolve/read-beyond.js";
import { combine, constant, negate, type Value } from "../model/value.js";
import { type Variables, liveVariables, readsOf } from "./data-flow/live-variables.js";
import { withStart } from "./chosen-start.js";

/**
 * Returns the model of a scenario.
 *
 * It is made once for a scenario. Throws a TypeError that names process, statement and variable where the scenario makes no sense:
 * ids counted with, a set without a size, two variables of one name, a jump to nowhere.
 */
export const translate = (scenario: Scenario): Model => modelOnce(scenario, modelOf);

function modelOf(scenario: Scenario): Model {
  checkScenario(scenario);
  const flows = scenario.processes.map(flowOf);
  const started = withStart(scenario, flows);
  if (started !== null) return translate(started);
  const homes = homesOf(scenario);
  const members = scenario.processes.flatMap((process, declared) =>
    membersOf(process, scenario).map((member) => ({ process, declared, member })),
  );
  const variables = liveVariables(scenario, flows);
  checkConstants(variables, scenario, members.length);
  const slots: Slot[] = layout(variables, scenario, members.length);
  const at = locationSlots(members, flows, slots.length);
  const reads = new ReadsBeyond(slots);
  const resolver = new Resolver(scenario, variables, members, flows, slots);

  const transitions: Transition[] = [];
  const processes = members.map(({ process, declared, member }, number): Instance => {
    const flow = flowAt(flows, declared);
    const scope: Scope = { process, number, member, home: homes[number] ?? null, picked: null };
    const leaving: Transition[][] = Array.from({ length: flow.locations }, () => []);
    const never = new Map<number, readonly string[]>();
    const unreached = new Map<number, readonly number[]>();
    const cpu = process.cpu === null ? null : resolver.value(process.cpu, scope);
    // A handler that nothing raises has no CPU ever, so that there is nothing to ask of one.
    const isNowhere = cpu?.op === "const" && cpu.value === NONE;
    for (const [at, edge] of isNowhere ? [] : flow.edges.entries()) {
      for (const picked of picksOf(edge, scenario)) {
        const id = transitions.length;
        // One scope of all steps that pick nobody: what is known in it is found once.
        const own = picked === null ? scope : { ...scope, picked };
        const made = transition(edge, own, resolver, reads, { id, edge: at });
        if (made === null) {
          never.set(edge.from, [...(never.get(edge.from) ?? []), edge.label]);
          unreached.set(edge.from, [...(unreached.get(edge.from) ?? []), edge.to]);
          continue;
        }
        transitions.push(made);
        leaving[edge.from]?.push(made);
        const beyond = wrongGuard(made, resolver.value(process.runs, scope), reads, {
          id: transitions.length,
          edge: flow.edges.length + at,
        });
        if (beyond === null) continue;
        transitions.push(beyond);
        leaving[edge.from]?.push(beyond);
      }
    }
    return {
      name: nameOf(process, member),
      declared,
      member,
      kind: process.kind,
      cpu,
      runs: isNowhere ? constant(0) : resolver.value(process.runs, scope),
      hasCpu: isNowhere ? constant(0) : resolver.value(process.hasCpu, scope),
      slot: slots.length + number,
      locations: flow.locations,
      ends: flow.ends,
      rests: new Map([...flow.rests].map(([at, of]) => [at, resolver.value(of, scope)])),
      leaving,
      never,
      unreached,
    };
  });
  checkCpus(scenario, processes);
  const conditions = (all: Scenario["always"]): Condition[] =>
    all.map(({ name, holds }) => ({ name, holds: conditionOf(name, holds, resolver) }));
  return {
    scenario,
    slots: [...slots, ...at],
    processes,
    transitions,
    always: [...conditions(scenario.always), ...exclusions(flows, resolver)],
    quiescent: conditions(scenario.quiescent),
    finally: atEnd(conditions(scenario.finally), processes, resolver),
    askedFor: resolver.askedFor,
    unread: variables.unread,
    unsent: unsent(variables, flows),
    named: resolver.named,
  };
}

/** The labels of what asks for a signal, if none is ever sent. */
function unsent({ constants }: Variables, flows: readonly Flow[]): readonly string[] {
  if (!constants.includes(signalPending)) return [];
  const asking = flows
    .flatMap(({ edges }) => edges)
    .filter(({ guard }) => readsOf(guard).includes(signalPending));
  return [...new Set(asking.map(({ label }) => label))];
}

/** The name of a process: `vcpu` for one alone, `vcpu0` for a member of a set. */
export function nameOf(process: Process, member: number | null): string {
  return member === null ? process.name : `${process.name}${String(member)}`;
}

function membersOf(process: Process, scenario: Scenario): readonly (number | null)[] {
  if (process.over === null) return [null];
  const size = memberCount(process.over, scenario);
  return Array.from({ length: size }, (_, member) => member);
}

function memberOf({ set, member }: NonNullable<Scope["picked"]>): Transition["picked"] {
  return { set: set.name, member, name: set.name + String(member) };
}

function picksOf(edge: FlowEdge, scenario: Scenario): readonly Scope["picked"][] {
  const { pick } = edge;
  if (pick === null) return [null];
  return Array.from({ length: memberCount(pick.set, scenario) }, (_, member) => ({
    name: pick.name,
    member,
    set: pick.set,
  }));
}

function transition(
  edge: FlowEdge,
  scope: Scope,
  resolver: Resolver,
  reads: ReadsBeyond,
  numbers: Pick<Transition, "id" | "edge">,
): Transition | null {
  const { process, picked } = scope;
  const where = `process ${process.name}, step "${edge.label}"`;
  try {
    const own = resolver.value(edge.guard, scope);
    const guard: Value = combine("and", resolver.value(process.runs, scope), own);
    if (guard.op === "const" && guard.value === 0) return null;
    return {
      ...numbers,
      process: scope.number,
      from: edge.from,
      to: edge.to,
      label: edge.label,
      at: edge.at,
      stack: edge.stack,
      guard,
      own,
      changes: reads.checked(resolver.changes(edge.effects, scope)),
      early: edge.early,
      facts: edge.facts.map((f: StackedFact): ResolvedFact => resolver.fact(f, scope)),
      picked: picked === null ? null : memberOf(picked),
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = `${where}: ${error.message}`;
    throw new TypeError(atItsPlace(message, edge.at, resolver.scenario.sources), { cause: error });
  }
}

/** Returns a condition on states, which no process and no CPU is part of. */
function conditionOf(name: string, holds: Expr, resolver: Resolver): Value {
  try {
    return resolver.value(holds, null);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const hint = "at(x, cpu) inside of every(CPU, (cpu) => ...) is about each CPU";
    throw new TypeError(`condition "${name}": ${error.message}; ${hint}`, { cause: error });
  }
}

/** The step that a guard makes which reads beyond an array: it leads nowhere, and is a misuse. */
function wrongGuard(
  of: Transition,
  runs: Value,
  reads: ReadsBeyond,
  numbers: Pick<Transition, "id" | "edge">,
): Transition | null {
  const changes = [...reads.check(of.own)];
  if (changes.length === 0) return null;
  const beyond = reads.when(of.own);
  const guard = combine("and", runs, beyond);
  return { ...of, ...numbers, to: of.from, guard, own: beyond, changes, facts: [], early: 0 };
}

/** Conditions that are asked only where each process but devices is at an end. */
function atEnd(
  conditions: readonly Condition[],
  processes: readonly Instance[],
  resolver: Resolver,
): Condition[] {
  if (conditions.length === 0) return [];
  const open = processes.flatMap(({ kind, ends, rests }, number): readonly Value[] => {
    if (kind === "device") return [];
    const isAt = (locations: ReadonlySet<number>): Value => ({
      op: "inside",
      where: resolver.whereabouts((asked) => (asked === number ? locations : undefined)),
    });
    const resting = [...rests].map(([at, holds]) => combine("and", isAt(new Set([at])), holds));
    return [negate(resting.reduce((any, one) => combine("or", any, one), isAt(ends)))];
  });
  const anyOpen = open.reduce((any, one) => combine("or", any, one), constant(0));
  return conditions.map(({ name, holds }) => ({ name, holds: combine("or", anyOpen, holds) }));
}

/** At most one process may be inside a named section. */
function exclusions(flows: readonly Flow[], resolver: Resolver): Condition[] {
  const names = new Set(flows.flatMap(({ sections }) => [...sections.keys()]));
  return [...names].map((section) => ({
    name: `mutual exclusion of ${section}`,
    holds: combine("<=", resolver.inside(section), { op: "const", value: 1 }),
  }));
}

function flowAt(flows: readonly Flow[], declared: number): Flow {
  const flow = flows[declared];
  if (flow === undefined) throw new TypeError(`no process number ${declared}`);
  return flow;
}
