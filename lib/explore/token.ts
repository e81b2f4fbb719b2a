/**
 * A schedule as a short text that can be pasted: which of the possible steps was taken, each time,
 * in base64url after a check number of the model.
 */
import { type Model, enabled, initialState, takeStep } from "../machine/index.js";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Returns the token of a schedule of a model; throws a RangeError if a step of it is not possible. */
export function tokenOf(model: Model, schedule: readonly number[]): string {
  const bytes = [...hashBytes(model)];
  let state = initialState(model);
  for (const [at, id] of schedule.entries()) {
    const choices = enabled(model, state);
    const choice = choices.findIndex((t) => t.id === id);
    const transition = choices[choice];
    if (transition === undefined) {
      throw new RangeError(`step ${at + 1} of the schedule is not possible in "${nameOf(model)}"`);
    }
    // Most states have few choices: a step is one byte, more only where 128 or more are possible.
    for (let rest = choice; ; rest >>>= 7) {
      bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
      if (rest <= 127) break;
    }
    ({ state } = takeStep(model, state, transition));
  }
  return base64url(bytes);
}

/**
 * Returns the schedule of a token; throws a RangeError if it is damaged or of another model.
 *
 * @example
 * scheduleOf(model, tokenOf(model, schedule)) // the same schedule
 */
export function scheduleOf(model: Model, token: string): number[] {
  const bytes = fromBase64url(token);
  const expected = hashBytes(model);
  if (expected.some((byte, at) => byte !== bytes[at])) {
    throw new RangeError(
      `this token is not of "${nameOf(model)}" as it is now: wrong check number`,
    );
  }
  const schedule: number[] = [];
  let state = initialState(model);
  for (let at = expected.length; at < bytes.length;) {
    let choice = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new RangeError("token cut short");
      choice |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const transition = enabled(model, state)[choice];
    if (transition === undefined) {
      throw new RangeError(`token damaged: step ${schedule.length + 1} has no choice ${choice}`);
    }
    schedule.push(transition.id);
    ({ state } = takeStep(model, state, transition));
  }
  return schedule;
}

const nameOf = ({ scenario }: Model): string => scenario.name;

/** 24 bits of FNV-1a over the tables: another program gives, as good as always, another number. */
function hashBytes(model: Model): readonly number[] {
  const { slots, transitions } = model;
  const text = JSON.stringify([
    slots.map(({ name, min, max, init }) => [name, min, max, init]),
    transitions.map(({ process, from, to, guard, changes }) => [process, from, to, guard, changes]),
  ]);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return [hash >>> 24, (hash >>> 16) & 255, (hash ^ (hash >>> 8)) & 255];
}

function base64url(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const count = b === undefined ? 2 : c === undefined ? 3 : 4;
    for (let i = 0; i < count; i++) text += letters[(group >>> (18 - 6 * i)) & 63] ?? "";
  }
  return text;
}

function fromBase64url(token: string): number[] {
  const bytes: number[] = [];
  const clean = token.trim();
  for (let at = 0; at < clean.length; at += 4) {
    const digits = Array.from(clean.slice(at, at + 4), (letter) => letters.indexOf(letter));
    if (digits.includes(-1) || digits.length === 1) {
      throw new RangeError("not a token: letters, digits, - and _ are expected");
    }
    const group = digits.reduce((sum, digit, i) => sum | (digit << (18 - 6 * i)), 0);
    bytes.push(...[group >>> 16, (group >>> 8) & 255, group & 255].slice(0, digits.length - 1));
  }
  return bytes;
}
