/** Statements of the machine as C: calls, assignments, conditions, loops; what happens at once as a block. */
import type { Effect, Expr, Statement, Step } from "../../../machine/index.js";
import { identifier } from "./declarations.js";
import { callInC } from "./calls.js";
import { type Writing, expressionInC, placeInC, sharedReads } from "./expressions.js";

/** What statements are written with. */
export interface Writer extends Writing {
  /** Whether a call is the kernel's. */
  readonly isPrimitive: (name: string) => boolean;
  /** The function that has a body, declared before this one; its name in C. */
  readonly functionOf: (name: string, body: readonly Statement[]) => string;
  /** A local variable of the function, for what is asked before it is used. */
  readonly local: (wanted: string) => string;
}

/** Returns the lines of statements, indented. */
export function statementsInC(
  body: readonly Statement[],
  with_: Writer,
  depth = 1,
): readonly string[] {
  return body.flatMap((of) => statementInC(of, with_, depth));
}

function statementInC(of: Statement, with_: Writer, depth: number): readonly string[] {
  const tabs = "\t".repeat(depth);
  const line = (text: string): string => tabs + text;
  const inside = (body: readonly Statement[]) => statementsInC(body, with_, depth + 1);
  switch (of.kind) {
    case "step":
      return stepInC(of, with_, depth);
    case "call": {
      if (!with_.isPrimitive(of.name)) return [line(`${with_.functionOf(of.name, of.body)}();`)];
      const call = callInC(of.name, of.body, with_);
      return [line(call === null ? with_.unsayable.note(`${of.name}()`) : `${call};`)];
    }
    case "annotate":
      return of.facts.map((fact) => line(annotationInC(fact, with_)));
    case "if": {
      return branchInC(asked(of.test, with_, depth), of.then, of.else, with_, depth);
    }
    case "while": {
      if (of.test === null) return [line("for (;;) {"), ...inside(of.body), line("}")];
      if (sharedReads(of.test, with_) <= 1) {
        const test = expressionInC(of.test, with_);
        return [line(`while (${test}) {`), ...inside(of.body), line("}")];
      }
      const { before, test } = asked(of.test, with_, depth + 1);
      const out = [line(`\tif (${negated(test)})`), line("\t\tbreak;")];
      return [line("for (;;) {"), ...before, ...out, ...inside(of.body), line("}")];
    }
    case "until": {
      const [exit, ...more] = of.exits;
      if (exit === undefined || more.length > 0 || exit.may) {
        return [line(with_.unsayable.note("a loop with several ways out, asked at once"))];
      }
      const { before, test } = asked(exit.test, with_, depth + 1);
      return [
        line("for (;;) {"),
        ...before,
        line(`\tif (${test}) {`),
        ...statementsInC(exit.then, with_, depth + 2),
        line("\t\tbreak;"),
        line("\t}"),
        ...inside(of.body),
        line("}"),
      ];
    }
    case "either":
      return eitherInC(of.arms, with_, depth);
    case "choose":
      return [line(with_.unsayable.note(`a choice among all of ${of.set.name}: ${of.step.label}`))];
    case "section":
      return [line(with_.unsayable.note(`section("${of.name}")`)), ...inside(of.body)];
    case "break":
    case "continue":
    case "return":
      return [line(`${of.kind};`)];
    case "goto":
      return [line(`goto ${identifier(of.name)};`)];
    case "label":
      return [`${"\t".repeat(depth - 1)}${identifier(of.name)}:`, line(";")];
  }
}

interface Asked {
  readonly before: readonly string[];
  readonly test: string;
}

/** Returns a branch, without the way that does nothing. */
function branchInC(
  { before, test }: Asked,
  then: readonly Statement[],
  otherwise: readonly Statement[],
  with_: Writer,
  depth: number,
): readonly string[] {
  const tabs = "\t".repeat(depth);
  const inside = (body: readonly Statement[]) => statementsInC(body, with_, depth + 1);
  if (then.length === 0 && otherwise.length > 0) {
    return [...before, `${tabs}if (${negated(test)}) {`, ...inside(otherwise), `${tabs}}`];
  }
  const rest = otherwise.length === 0 ? [] : [`${tabs}} else {`, ...inside(otherwise)];
  return [...before, `${tabs}if (${test}) {`, ...inside(then), ...rest, `${tabs}}`];
}

/** What holds where a condition does not. */
const negated = (test: string): string =>
  /^!\w+(?:\([^()]*\))?$/.test(test) ? test.slice(1) : `!(${test})`;

/** A condition that reads one thing is asked where it stands; what reads several, before it, at once. */
function asked(test: Expr, with_: Writer, depth: number): Asked {
  const text = expressionInC(test, with_);
  if (sharedReads(test, with_) <= 1) return { before: [], test: text };
  const local = with_.local("holds");
  return { before: atOnce(text, [`${local} = ${text};`], depth), test: local };
}

/** Lines that nobody comes between. */
function atOnce(label: string, lines: readonly string[], depth: number): readonly string[] {
  const tabs = "\t".repeat(depth);
  const name = label.replace(/["\\\n]/g, "'");
  return [
    `${tabs}in_one_step("${name}") {`,
    ...lines.map((line) => `${tabs}\t${line}`),
    `${tabs}}`,
  ];
}

function stepInC(of: Step, with_: Writer, depth: number): readonly string[] {
  const tabs = "\t".repeat(depth);
  const name = /^(\w+)\(/.exec(of.label)?.[1] ?? "";
  if (of.facts.length > 0 || with_.isPrimitive(name)) {
    const call = callInC(name, [of], with_);
    if (call !== null) return [`${tabs}${call};`];
    if (of.facts.length > 0) return [tabs + with_.unsayable.note(of.label)];
  }
  const isFree = of.guard.op === "const" && of.guard.value !== 0;
  const guard = expressionInC(of.guard, with_);
  if (of.end !== false) {
    if (of.end === true && of.effects.length === 0) return [`${tabs}idle_until(${guard});`];
    return [tabs + with_.unsayable.note(`${of.label}, where it may rest`)];
  }
  if (of.effects.length === 0 && !isFree) return [`${tabs}wait_until(${guard});`];
  const [only, ...more] = of.effects.filter(
    (effect) => effect.kind !== "check" || !isOfItself(effect.message),
  );
  if (isFree && only?.kind === "assign" && more.length === 0) {
    const isShared = !with_.isOwn(only.to.variable);
    const reads =
      sharedReads(only.value, with_) +
      only.to.index.reduce((sum, part) => sum + sharedReads(part, with_), 0);
    const isRead = !isShared && reads === 1 && only.value.op === "read";
    if (reads === 0 || isRead) {
      return [`${tabs}${placeInC(only.to, with_)} = ${storedInC(only, with_)};`];
    }
  }
  if (isFree && only?.kind === "check" && more.length === 0 && sharedReads(only.test, with_) <= 1) {
    return effectInC(only, with_).map((text) => tabs + text);
  }
  const lines = [
    ...(isFree ? [] : [`wait_until(${guard});`]),
    ...of.effects.flatMap((effect) => effectInC(effect, with_)),
  ];
  return atOnce(of.label, lines, depth);
}

/** Checks that the translation of C makes wherever they are due. */
const isOfItself = (message: string): boolean => / is outside of its | is NULL at /.test(message);

const storedInC = (of: Effect & { readonly kind: "assign" }, with_: Writer): string =>
  of.to.variable.domain.kind === "bool" && of.value.op === "const"
    ? String(of.value.value !== 0)
    : expressionInC(of.value, with_);

function effectInC(of: Effect, with_: Writer): readonly string[] {
  switch (of.kind) {
    case "assign":
      return [`${placeInC(of.to, with_)} = ${storedInC(of, with_)};`];
    case "if": {
      const [then, otherwise] = [of.then, of.else].map((all) =>
        all.flatMap((effect) => effectInC(effect, with_)).map((line) => `\t${line}`),
      );
      const rest = of.else.length === 0 ? [] : ["} else {", ...(otherwise ?? [])];
      return [`if (${expressionInC(of.test, with_)}) {`, ...(then ?? []), ...rest, "}"];
    }
    case "check":
      if (isOfItself(of.message)) return [];
      return of.violation === "assert"
        ? [`BUG_ON(${negated(expressionInC(of.test, with_))});`]
        : [with_.unsayable.note(`a check: ${of.message}`)];
    case "each":
      return [with_.unsayable.note(`what is done for each ${of.set.name}`)];
  }
}

/** Returns two outcomes of one call, or one of a condition; a choice that no code makes is none of C. */
function eitherInC(
  arms: readonly (readonly Statement[])[],
  with_: Writer,
  depth: number,
): readonly string[] {
  const tabs = "\t".repeat(depth);
  const [one = [], other = [], ...more] = arms;
  const [first, second] = [one[0], other[0]];
  if (first?.kind === "step" && second?.kind === "step" && more.length === 0) {
    const name = /^(\w+)\(/.exec(first.label)?.[1] ?? "";
    const isOne = second.label.startsWith(first.label);
    const call = isOne ? callInC(name, [first], with_) : null;
    // The misuse of a call that may sleep is looked at by the call.
    if (call !== null && second.label.endsWith(": might_sleep()")) return [`${tabs}${call};`];
    const isTried = /_trylock(?:_\w+)?$/.test(name);
    const test =
      call !== null && isTried
        ? call
        : second.guard.op === "not" && second.guard.of === first.guard && first.effects.length === 0
          ? null
          : undefined;
    if (test !== undefined) {
      const condition = test === null ? asked(first.guard, with_, depth) : { before: [], test };
      return branchInC(condition, one.slice(1), other.slice(1), with_, depth);
    }
  }
  if (arms.length === 1) return statementsInC(one, with_, depth);
  return [tabs + with_.unsayable.note("a choice that no code makes")];
}

type Fact = Extract<Statement, { readonly kind: "annotate" }>["facts"][number];

/** Returns what lockdep alone is told. */
function annotationInC(of: Fact, with_: Writer): string {
  const map = "lock" in of && of.lock.variable.lock?.kind !== "lockdep_map" ? of.lock : null;
  const at = map === null ? "" : `&${placeInC(map, with_)}`;
  if (of.kind === "acquire" && map !== null && of.read.op === "const" && of.nest === null) {
    const call = of.read.value === 0 ? "spin_acquire" : "rwsem_acquire_read";
    if (of.read.value < 2) {
      return `${call}(${at}.dep_map, ${String(of.subclass)}, ${of.trylock ? "1" : "0"}, _RET_IP_);`;
    }
  }
  if (of.kind === "release" && map !== null) return `spin_release(${at}.dep_map, _RET_IP_);`;
  if (of.kind === "touch" && map !== null) return `might_lock(${at});`;
  if (of.kind === "assert_held" && map !== null) {
    return `lockdep_assert_${of.held ? "" : "not_"}held(${at});`;
  }
  if (of.kind === "lockdep") return of.on ? "lockdep_on();" : "lockdep_off();";
  return with_.unsayable.note(`an annotation: ${of.kind}`);
}
