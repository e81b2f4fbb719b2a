/** Statements: each becomes steps of the machine, or nothing where it only works on local variables. */
import type { Span } from "../../errors/index.js";
import { Refused } from "../../errors/index.js";
import type { CStatement, Expression } from "../../parse/ast.js";
import { type Body, type Scope, frameOf } from "../context/context.js";
import { branch } from "./branch.js";
import { learnCounter } from "./counters.js";
import { declareAll } from "./declarations.js";
import { loop } from "./loop.js";
import { switchOn } from "./switch.js";
import { endOfThread } from "./thread-end.js";

/** Translates statements one after the other; one that is refused hides no other. */
export function statements(body: Body, all: readonly CStatement[]): void {
  for (const one of all) {
    try {
      statement(body, one);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (one.kind === "expression") leftWithout(body, one.of);
    }
  }
}

/** What an assignment that was refused left without a value is not refused once more where it is used. */
function leftWithout(body: Body, of: Expression): void {
  if (of.kind !== "assign" || of.to.kind !== "name") return;
  const { name } = of.to;
  const scope = frameOf(body).scopes.findLast(({ names }) => names.has(name));
  const binding = scope?.names.get(name);
  if (binding?.kind === "alias" && binding.value === null) {
    scope?.names.set(name, { kind: "refused" });
  }
}

function statement(body: Body, of: CStatement): void {
  switch (of.kind) {
    case "empty":
    case "case":
      return;
    case "block":
      scoped(body, of.at, () => {
        body.statements(of.body);
      });
      return;
    case "expression": {
      const end = endOfThread(body, of);
      if (end === null) body.discard(of.of);
      else statements(body, end);
      return;
    }
    case "declare":
      declareAll(body, of.declared);
      return;
    case "if":
      branch(
        body,
        of.test,
        () => {
          statements(body, [of.then]);
        },
        () => {
          if (of.else !== null) statements(body, [of.else]);
        },
        {
          then: body.shared.outlines.hasLabels(of.then),
          otherwise: of.else !== null && body.shared.outlines.hasLabels(of.else),
        },
      );
      return;
    case "while":
      loop(body, of.at, of.body, { before: of.test, after: null, next: null });
      return;
    case "do":
      loop(body, of.at, of.body, { before: null, after: of.test, next: null });
      return;
    case "for":
      scoped(body, of.at, () => {
        learnCounter(body, of);
        statements(body, of.first);
        loop(body, of.at, of.body, { before: of.test, after: null, next: of.next });
      });
      return;
    case "switch":
      switchOn(body, of);
      return;
    case "loop":
      body.loop(of);
      return;
    case "break":
    case "continue": {
      const frame = frameOf(body);
      const targets = of.kind === "break" ? frame.breaks : frame.continues;
      const target = targets[targets.length - 1];
      if (target === undefined) return body.refuse(of.at, `${of.kind} outside of a loop`);
      body.jump(target, of.at);
      return;
    }
    case "goto": {
      const target = frameOf(body).labels.get(of.name);
      if (target === undefined) {
        return body.refuse(of.nameAt, `no such label: ${of.name}`);
      }
      body.jump(target, of.at);
      return;
    }
    case "label": {
      const target = frameOf(body).labels.get(of.name);
      if (target === undefined) return;
      if (target.placed === true) return body.refuse(of.nameAt, `${of.name}: is there twice`);
      target.placed = true;
      body.emit(of.at, { kind: "label", name: target.label });
      return;
    }
    case "return":
      returns(body, of.value, of.at);
  }
}

/** Does something in a block of its own, and at its end what that asked for. */
export function scoped(body: Body, at: Span, run: () => void): void {
  const { scopes } = frameOf(body);
  const scope: Scope = { names: new Map(), atEnd: [], atJump: [] };
  scopes.push(scope);
  try {
    run();
    body.emit(at, ...[...scope.atEnd].reverse());
  } finally {
    scopes.pop();
  }
}

function returns(body: Body, value: Expression | null, at: Span): void {
  const frame = frameOf(body);
  const { result } = frame;
  const isVoid = result.type.kind === "void";
  if (value !== null && !isVoid) {
    const given = body.value(value);
    result.take(given, at, value.text);
  } else if (value !== null) {
    body.value(value);
  } else if (!isVoid) {
    body.refuse(at, `${frame.function.name}() returns a value: it is missing here`);
  }
  body.jump(frame.end, at);
}
