/** Loads WebAssembly that runs briefly, without that V8 compiles its largest function for it a second time. */

/** The V8 of Node 20, and how much code a function of WebAssembly runs there before it is optimised. */
const known = { version: "11.3.", budget: 1_800_000 };

/** What some ten long texts take of a parser: whoever reads more than that has it optimised. */
const budget = 2_000_000_000;

/**
 * Loads modules that V8 optimises late. Optimising the lexer of C takes 0.2 s of another core, begins with the first
 * text, and ends when most processes have read all that they read. Nothing else changes, nor with another V8.
 *
 * @param load what compiles the modules
 * @throws whatever that throws
 * @example
 * const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
 * await optimisedLate(() => WebAssembly.compile(empty))
 */
export async function optimisedLate<T>(load: () => Promise<T>): Promise<T> {
  const isNode = Reflect.has(globalThis, "process") && Reflect.has(process, "getBuiltinModule");
  const flags = isNode ? `${process.execArgv.join(" ")} ${process.env["NODE_OPTIONS"] ?? ""}` : "";
  const isKnown = isNode && process.versions.v8.startsWith(known.version);
  if (!isKnown || /wasm.tiering.budget/.test(flags)) return load();
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  setFlagsFromString(`--wasm-tiering-budget=${String(budget)}`);
  try {
    return await load();
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${String(known.budget)}`);
  }
}
