/** The binary format of WebAssembly, as far as generated code needs it: everything is an `i32`. */

/** Instructions, by the names of the specification. */
export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  br_if: 0x0d,
  br_table: 0x0e,
  return: 0x0f,
  call: 0x10,
  call_indirect: 0x11,
  drop: 0x1a,
  select: 0x1b,
  local_get: 0x20,
  local_set: 0x21,
  local_tee: 0x22,
  load: 0x28,
  store: 0x36,
  const: 0x41,
  eqz: 0x45,
  eq: 0x46,
  ne: 0x47,
  lt_s: 0x48,
  gt_s: 0x4a,
  le_s: 0x4c,
  ge_s: 0x4e,
  ge_u: 0x4f,
  clz: 0x67,
  add: 0x6a,
  sub: 0x6b,
  mul: 0x6c,
  div_s: 0x6d,
  rem_s: 0x6f,
  and: 0x71,
  or: 0x72,
  xor: 0x73,
  shl: 0x74,
  shr_s: 0x75,
  shr_u: 0x76,
} as const;

/** The type of every value. */
export const i32 = 0x7f;
/** The type of a block that leaves no value. */
export const noValue = 0x40;
/** `funcref`, of a table of functions. */
const functionReference = 0x70;
/** Bytes of a page of memory. */
export const pageBytes = 65_536;

/** Adds an unsigned number as LEB128. */
export function addUnsigned(to: number[], value: number): void {
  let left = value >>> 0;
  while (left > 0x7f) {
    to.push((left & 0x7f) | 0x80);
    left >>>= 7;
  }
  to.push(left);
}

/** Adds a signed number as LEB128. */
export function addSigned(to: number[], value: number): void {
  let left = value | 0;
  while (left < -0x40 || left > 0x3f) {
    to.push((left & 0x7f) | 0x80);
    left >>= 7;
  }
  to.push(left & 0x7f);
}

/** How many values a function takes, and whether it returns one. */
export interface Signature {
  readonly parameters: number;
  readonly returns: boolean;
}

/** The signatures of a module, each once. */
export class Signatures {
  readonly all: Signature[] = [];

  /** Returns the number of a signature. */
  number({ parameters, returns }: Signature): number {
    const known = this.all.findIndex(
      (of) => of.parameters === parameters && of.returns === returns,
    );
    return known >= 0 ? known : this.all.push({ parameters, returns }) - 1;
  }
}

/** What a module is made of. */
export interface ModuleParts {
  readonly signatures: readonly Signature[];
  /** The functions that it is given, from a module called `search`. */
  readonly imports: readonly { readonly name: string; readonly signature: number }[];
  /** Those of its own: the number of the signature, and locals and instructions. */
  readonly functions: readonly { readonly signature: number; readonly body: readonly number[] }[];
  /** The functions that are called by a number, in its order. */
  readonly called: readonly number[];
  readonly exports: readonly { readonly name: string; readonly func: number }[];
  /** Bytes of memory; it is exported as `memory`. */
  readonly bytes: number;
  /** What stands in memory at first: addresses, and numbers of 32 bits. */
  readonly tables: readonly { readonly at: number; readonly numbers: readonly number[] }[];
}

/** Returns the bytes of a module. */
export function moduleBytes(of: ModuleParts): Uint8Array {
  const out = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const section = (id: number, entries: readonly (readonly number[])[]): void => {
    if (entries.length === 0) return;
    const body: number[] = [];
    addUnsigned(body, entries.length);
    for (const entry of entries) addAll(body, entry);
    out.push(id);
    addSized(out, body);
  };
  section(1, of.signatures.map(signatureBytes));
  section(
    2,
    of.imports.map(({ name, signature }) => [...text("search"), ...text(name), 0, signature]),
  );
  section(
    3,
    of.functions.map(({ signature }) => [signature]),
  );
  section(4, [[functionReference, 0, ...unsigned(of.called.length)]]);
  section(5, [[0, ...unsigned(Math.ceil(of.bytes / pageBytes))]]);
  section(7, [
    [...text("memory"), 2, 0],
    ...of.exports.map(({ name, func }) => [...text(name), 0, ...unsigned(func)]),
  ]);
  section(9, of.called.length === 0 ? [] : [elementBytes(of.called)]);
  section(
    10,
    of.functions.map(({ body }) => sized(body)),
  );
  section(11, of.tables.map(tableBytes));
  return Uint8Array.from(out);
}

function signatureBytes({ parameters, returns }: Signature): readonly number[] {
  const given = Array.from({ length: parameters }, () => i32);
  return [0x60, ...unsigned(parameters), ...given, ...(returns ? [1, i32] : [0])];
}

const elementBytes = (functions: readonly number[]): readonly number[] => [
  ...[0, op.const, 0, op.end],
  ...unsigned(functions.length),
  ...functions.flatMap(unsigned),
];

function tableBytes({ at, numbers }: ModuleParts["tables"][number]): readonly number[] {
  const address: number[] = [];
  addSigned(address, at);
  const bytes = numbers.flatMap((n) => [n & 0xff, (n >> 8) & 0xff, (n >> 16) & 0xff, n >>> 24]);
  return [0, op.const, ...address, op.end, ...sized(bytes)];
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  addUnsigned(bytes, value);
  return bytes;
}

const text = (of: string): readonly number[] => sized([...new TextEncoder().encode(of)]);

function sized(bytes: readonly number[]): number[] {
  const out: number[] = [];
  addSized(out, bytes);
  return out;
}

function addSized(to: number[], bytes: readonly number[]): void {
  addUnsigned(to, bytes.length);
  addAll(to, bytes);
}

function addAll(to: number[], bytes: readonly number[]): void {
  for (const byte of bytes) to.push(byte);
}
