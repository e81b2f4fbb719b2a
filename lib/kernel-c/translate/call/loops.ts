/** Loops by macro: `list_for_each_entry()`, `scoped_guard()`, `for_each_online_cpu()`. */
import { if_ } from "../../../machine/index.js";
import { nearest } from "../../../primitives/named.js";
import type { CMacro, CStatement } from "../../parse/ast.js";
import type { RoundsRow } from "../../vocabulary/index.js";
import { type Body, type CallExpression, type JumpTarget, frameOf } from "../context/context.js";
import { literal } from "../context/values.js";
import { substituteArguments } from "../expression/macro/macros.js";
import { scoped } from "../statement/statements.js";
import { callOf } from "./call.js";
import { expectCount } from "./calls.js";

/** Translates a loop by macro. */
export function loopMacro(body: Body, of: CStatement & { readonly kind: "loop" }): void {
  const { vocabulary } = body.shared;
  const row = vocabulary.loops.get(of.name);
  const asExpression: CallExpression = {
    at: of.at,
    text: `${of.name}(${of.args.map(({ text }) => text).join(", ")})`,
    kind: "call",
    name: of.name,
    nameAt: of.at,
    args: of.args,
  };
  const rounds = vocabulary.rounds.get(of.name);
  if (rounds !== undefined) {
    expectCount(body, asExpression, rounds.takes);
    roundByRound(body, of, rounds, asExpression);
    return;
  }
  const own = body.shared.unit.macros.get(of.name);
  if (row === undefined && own !== undefined) {
    ownLoop(body, of, own);
    return;
  }
  if (row === undefined) {
    const instead = vocabulary.instead.get(of.name);
    if (instead !== undefined) {
      return body.refuse(of.at, `${of.name}() is not in the subset: ${instead}`);
    }
    const all = [...vocabulary.loops.keys(), ...vocabulary.rounds.keys()];
    const [near] = nearest(of.name, all);
    const hint = near === undefined ? "write a for loop" : `did you mean ${near}()?`;
    return body.refuse(of.at, `no such loop: ${of.name}(); ${hint}`);
  }
  expectCount(body, asExpression, row.takes);
  const outs: JumpTarget[] = [];
  scoped(body, of.at, () => {
    const frame = frameOf(body);
    const depth = frame.scopes.length - 1;
    const out: JumpTarget = { label: body.fresh("break"), depth, used: false };
    const again: JumpTarget = { label: body.fresh("continue"), depth: depth + 1, used: false };
    // What guards a single block is no loop: `break` belongs to the loop around it.
    const isLoop = row.isGuard !== true;
    const { asCall } = callOf(body, asExpression);
    row.run(asCall, () => {
      if (isLoop) {
        frame.breaks.push(out);
        frame.continues.push(again);
      }
      const inner = body.collect(() => {
        body.statements([of.body]);
        if (again.used) body.emit(of.at, { kind: "label", name: again.label });
      });
      if (isLoop) {
        frame.breaks.pop();
        frame.continues.pop();
      }
      return inner;
    });
    outs.push(out);
  });
  for (const out of outs) if (out.used) body.emit(of.at, { kind: "label", name: out.label });
}

/** A loop whose head is a macro of the text. */
function ownLoop(
  body: Body,
  of: CStatement & { readonly kind: "loop" },
  { name, parameters }: CMacro,
): void {
  const macro = body.shared.unit.macros.get(name);
  const text = macro === undefined ? null : body.shared.macroBody(macro);
  if (text === null) return;
  const args = new Map(
    (parameters ?? []).flatMap((parameter, at) => {
      const arg = of.args[at];
      return arg === undefined ? [] : [[parameter, arg] as const];
    }),
  );
  const made = substituteArguments(text, args);
  const [head, ...more] = made.kind === "statements" ? made.body : [];
  const isHead = head?.kind === "for" || head?.kind === "loop" || head?.kind === "while";
  const rest = more.filter(({ kind }) => kind !== "empty");
  if (!isHead || rest.length > 0 || (parameters?.length ?? 0) !== of.args.length) {
    return body.refuse(of.at, `${name}(): its macro is no head of a loop that can be read`);
  }
  body.statements([{ ...head, at: of.at, body: of.body }]);
}

/** Each round by itself, with the cursor known in it. */
function roundByRound(
  body: Body,
  of: CStatement & { readonly kind: "loop" },
  { cursor, rounds, only }: RoundsRow,
  asExpression: CallExpression,
): void {
  const frame = frameOf(body);
  const given = of.args[cursor];
  if (given?.kind !== "name") return body.refuse(of.at, `${of.name}(): a variable is wanted`);
  const out: JumpTarget = { label: body.fresh("break"), depth: frame.scopes.length, used: false };
  frame.breaks.push(out);
  for (const value of rounds(body.shared.world, callOf(body, asExpression).asCall)) {
    scoped(body, of.at, () => {
      const scope = frame.scopes[frame.scopes.length - 1];
      const depth = frame.scopes.length;
      const again: JumpTarget = { label: body.fresh("continue"), depth, used: false };
      const type = { kind: "int", name: "int", min: 0, max: value } as const;
      scope?.names.set(given.name, { kind: "alias", value: literal(value), type });
      const isDone = only?.(callOf(body, asExpression).asCall, value);
      frame.continues.push(again);
      if (isDone === undefined) body.statements([of.body]);
      else {
        const inner = body.collect(() => {
          body.statements([of.body]);
        });
        body.emit(of.at, if_(isDone, inner));
      }
      frame.continues.pop();
      if (again.used) body.emit(of.at, { kind: "label", name: again.label });
    });
  }
  frame.breaks.pop();
  if (out.used) body.emit(of.at, { kind: "label", name: out.label });
}
