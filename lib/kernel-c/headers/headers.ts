/**
 * Functions that the kernel's headers make of other calls, as C of the subset: `rtnl_lock()`, `mmap_read_lock()`,
 * `lock_sock()`. Of a header only what a text needs is read, behind the text, and only what it does not define itself.
 */
import type { Unit } from "../parse/ast.js";
import type { SourceFile } from "../parse/source.js";
import { consoleLock } from "./console.js";
import { contended } from "./contended.js";
import { cpu } from "./cpu.js";
import { device } from "./device.js";
import { dmaResv } from "./dma-resv.js";
import { driverLocks } from "./driver-locks.js";
import { fs } from "./fs.js";
import { kernel } from "./kernel.js";
import { listBl } from "./list-bl.js";
import { mmapLock } from "./mmap-lock.js";
import { pageLock } from "./page-lock.js";
import { percpu } from "./percpu.js";
import { rtnetlink } from "./rtnetlink.js";
import { sched } from "./sched.js";
import { seqlock } from "./seqlock.js";
import { skbuff } from "./skbuff.js";
import { sock } from "./sock.js";
import { waitBit } from "./wait-bit.js";
import { wait } from "./wait.js";
import { xarray } from "./xarray.js";

const headers: readonly SourceFile[] = [
  rtnetlink,
  mmapLock,
  fs,
  device,
  consoleLock,
  sock,
  pageLock,
  kernel,
  sched,
  seqlock,
  ...contended,
  wait,
  waitBit,
  percpu,
  cpu,
  listBl,
  xarray,
  dmaResv,
  skbuff,
  ...driverLocks,
];

/** A declaration of a header: what stands between two empty lines outside of braces. */
interface Piece {
  readonly file: string;
  /** Where it begins: its line, from 0. */
  readonly line: number;
  readonly text: string;
  /** What it declares: functions, macros, `struct foo`, variables, enumerators. */
  readonly declares: readonly string[];
}

const pieces: readonly Piece[] = headers.flatMap(({ file, text }) => {
  let line = 0;
  return text.split(/\n\n(?=[^\s}])/).map((piece): Piece => {
    const from = line;
    line += piece.split("\n").length + 1;
    return { file, line: from, text: piece, declares: declaredBy(piece) };
  });
});

function declaredBy(piece: string): readonly string[] {
  const code = piece.replace(/^\/\*[^]*?\*\/\n/, "");
  const [, tag] = /^struct (\w+) \{/.exec(code) ?? [];
  if (tag !== undefined) return [`struct ${tag}`];
  if (code.startsWith("enum"))
    return [...code.matchAll(/^\t(\w+),$/gm)].map(([, name = ""]) => name);
  const name =
    /^#define (\w+)/.exec(code) ??
    /^static (?:DEFINE|DECLARE)_\w+\((\w+)/.exec(code) ??
    /^static [\w\s*]*?\b(\w+)(?:\(| =)/.exec(code);
  return name?.[1] === undefined ? [] : [name[1]];
}

/** The functions that headers have. */
export const headerFunctions: readonly string[] = pieces.flatMap(({ declares, text }) =>
  text.includes("(") && !text.startsWith("struct") ? declares : [],
);

/** Returns what a text needs of the headers, each with its lines where they are in it; nothing of what it declares itself. */
export function headersFor(unit: Unit): readonly SourceFile[] {
  const own = declaredIn(unit);
  const needed = new Set<Piece>();
  const need = (named: ReadonlySet<string>): void => {
    for (const piece of pieces) {
      if (needed.has(piece) || !piece.declares.some((name) => named.has(name))) continue;
      if (piece.declares.some((name) => own.has(name))) continue;
      needed.add(piece);
      need(new Set([...namesIn(piece.text), ...(piece.text.match(/\w+/g) ?? [])]));
    }
  };
  need(namesIn(unit.text));
  return headers.flatMap(({ file }) => {
    const here = pieces.filter((piece) => piece.file === file && needed.has(piece));
    return here.length === 0 ? [] : [{ file, text: atTheirLines(here) }];
  });
}

function atTheirLines(of: readonly Piece[]): string {
  const lines: string[] = [];
  for (const { line, text } of of) {
    while (lines.length < line) lines.push("");
    lines.push(...text.trimEnd().split("\n"));
  }
  return `${lines.join("\n")}\n`;
}

/** What a text names: of functions only where it calls them, since a member may be called the same. */
function namesIn(text: string): ReadonlySet<string> {
  const code = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\[^]|[^"\\\n])*"/g, " ");
  const called = [...code.matchAll(/\b(\w+)\s*\(/g)].map(([, name = ""]) => name);
  const tags = [...code.matchAll(/\bstruct\s+(\w+)/g)].map(([, tag = ""]) => `struct ${tag}`);
  const addressed = [...code.matchAll(/&\s*(\w+)/g)].map(([, name = ""]) => name);
  const constants = [...code.matchAll(/\b([A-Z]\w+)\b/g)].map(([, name = ""]) => name);
  return new Set([...called, ...tags, ...addressed, ...constants]);
}

function declaredIn(unit: Unit): ReadonlySet<string> {
  return new Set([
    ...unit.functions.keys(),
    ...unit.macros.keys(),
    ...unit.enumerators.keys(),
    ...[...unit.structs.keys()].map((tag) => `struct ${tag}`),
    ...unit.variables.map(({ name }) => name),
  ]);
}
