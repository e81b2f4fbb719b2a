/** Terminal colours (ECMA-48 control sequences) mean nothing on a page. */
const controlSequence = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, "g");

/** Returns the text without them. */
export function withoutControlSequences(text: string): string {
  return text.replace(controlSequence, "");
}
