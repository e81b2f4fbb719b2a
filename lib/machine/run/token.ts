/**
 * A schedule as a short text that can be pasted: a check number of the model, how many steps there are, so
 * that a text that was cut is known as one, and which of the possible steps was taken, each time; in base64url.
 */
import { type Model, initialState } from "../model/model.js";
import { enabled, step as takeStep } from "../model/step.js";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Returns the token of a schedule of a model; throws a RangeError if a step of it is not possible. */
export function tokenOf(model: Model, schedule: readonly number[]): string {
  const bytes = [...hashBytes(model), ...numberBytes(schedule.length)];
  let state = initialState(model);
  for (const [at, id] of schedule.entries()) {
    const choices = enabled(model, state);
    const choice = choices.findIndex((t) => t.id === id);
    const transition = choices[choice];
    if (transition === undefined) {
      throw new RangeError(`step ${at + 1} of the schedule is not possible in "${nameOf(model)}"`);
    }
    bytes.push(...numberBytes(choice));
    ({ state } = takeStep(model, state, transition));
  }
  return base64url(bytes);
}

/**
 * Returns the schedule of a token; throws a RangeError if it was cut short, is damaged or of another model.
 *
 * @example
 * const model = translate(abba());
 * const { schedule } = explore(abba()).violations.deadlock;
 * scheduleOf(model, tokenOf(model, schedule)).length === schedule.length // true
 */
export function scheduleOf(model: Model, token: string): number[] {
  const bytes = fromBase64url(token);
  const expected = hashBytes(model);
  if (bytes.some((byte, at) => byte !== (expected[at] ?? byte))) {
    throw new RangeError(
      `this token is not of "${nameOf(model)}" as it is now: wrong check number; a token goes with the options of the command that gave it`,
    );
  }
  let at = expected.length;
  const number = (): number | null => {
    const read = numberAt(bytes, at);
    if (read === null) return null;
    at = read.end;
    return read.value;
  };
  const steps = number();
  if (steps === null) {
    throw new RangeError(
      token.trim() === ""
        ? "this token is empty"
        : "this token was cut short: not even its head is whole",
    );
  }
  const schedule: number[] = [];
  let state = initialState(model);
  while (schedule.length < steps) {
    const choice = number();
    if (choice === null) {
      throw new RangeError(
        `this token was cut short: ${schedule.length} of its ${steps} steps are there; copy all of it`,
      );
    }
    const transition = enabled(model, state)[choice];
    if (transition === undefined) {
      throw new RangeError(`token damaged: step ${schedule.length + 1} has no choice ${choice}`);
    }
    schedule.push(transition.id);
    ({ state } = takeStep(model, state, transition));
  }
  if (at < bytes.length) {
    throw new RangeError(`token damaged: something follows after its ${steps} steps`);
  }
  return schedule;
}

/** Returns a number in bytes of 7 bits, the lowest first: most states have few choices, so a step is one byte. */
function numberBytes(value: number): readonly number[] {
  return value <= 127 ? [value] : [(value & 127) | 128, ...numberBytes(value >>> 7)];
}

/** The number that begins at a place, and where it ends; null if the bytes end before. */
function numberAt(
  bytes: readonly number[],
  start: number,
): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let at = start, shift = 0; shift <= 28; at++, shift += 7) {
    const byte = bytes[at];
    if (byte === undefined) return null;
    value |= (byte & 127) << shift;
    if (byte < 128) return { value: value >>> 0, end: at + 1 };
  }
  throw new RangeError("token damaged: a number in it is too long");
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
    if (digits.includes(-1)) {
      throw new RangeError("not a token: letters, digits, - and _ are expected");
    }
    // A single letter is the begin of a byte whose rest was cut off.
    const group = digits.reduce((sum, digit, i) => sum | (digit << (18 - 6 * i)), 0);
    bytes.push(...[group >>> 16, (group >>> 8) & 255, group & 255].slice(0, digits.length - 1));
  }
  return bytes;
}
