/** A WebAssembly module of generated code: V8 compiles that in one go, with nothing to learn first. */
import type { EngineText } from "../../explore/codegen/engine-functions.js";
import type { EngineSize } from "../../explore/codegen/kept-code.js";
import { type Signature, Signatures, moduleBytes } from "./binary.js";
import { Constants } from "./constants.js";
import { seenNames } from "../../explore/codegen/seen/seen-functions.js";
import { memoryOf } from "./memory.js";
import { type Parser, UnsupportedCode } from "./parser.js";
import { functionBody, parametersOf, returnsValue } from "./statements.js";

/** The number of `search.fail()`, the only function that a module is given. */
const fail = 0;
const failSignature: Signature = { parameters: 2, returns: false };

/**
 * Returns the module of an engine's text, for searches of one size; null if the text says something that a
 * module cannot be made of.
 */
export function moduleOf(
  { steps, search, seen }: EngineText,
  size: EngineSize,
  parse: Parser,
): Uint8Array | null {
  try {
    const memory = memoryOf(size);
    const constants = new Constants(fail + 1, memory.tables);
    for (const text of [steps, search, seen]) constants.add(text, parse);
    return assembled(constants, memory);
  } catch (error) {
    if (error instanceof UnsupportedCode) return null;
    throw error;
  }
}

function assembled(
  { functions, names, tables, end }: Constants,
  { context }: ReturnType<typeof memoryOf>,
): Uint8Array {
  const signatures = new Signatures();
  const own = functions.map((of) => ({
    parameters: parametersOf(of).length,
    returns: returnsValue(of.body),
  }));
  const called: number[] = [];
  const around = {
    globals: names,
    context,
    fail,
    signatureOf: (number: number) => own[number - fail - 1] ?? failSignature,
    numberOfSignature: (of: Signature) => signatures.number(of),
    handedOn: (number: number) => {
      const known = called.indexOf(number);
      return known >= 0 ? known : called.push(number) - 1;
    },
  };
  const failNumber = signatures.number(failSignature);
  const written = functions.map((of, at) => ({
    signature: signatures.number(own[at] ?? failSignature),
    body: functionBody(of, around),
  }));
  const exported = ["expand", "finish", "expandAll", ...seenNames].map((name) => {
    const of = names.get(name);
    if (of?.kind !== "function") throw new UnsupportedCode(`no ${name}()`);
    return { name, func: of.number };
  });
  return moduleBytes({
    signatures: signatures.all,
    imports: [{ name: "fail", signature: failNumber }],
    functions: written,
    called,
    exports: exported,
    bytes: end,
    tables,
  });
}
