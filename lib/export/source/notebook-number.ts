/** The number that a notebook's name begins with: `04-the-three-paths` is notebook 4. */

/** Returns the number as the name has it (`04`), or undefined where there is none. */
export function notebookNumber(name: string): string | undefined {
  return /^(\d+)-/.exec(name)?.[1];
}

/** Returns `Notebook 4`, or nothing where there is no number. */
export function numberInWords(name: string): string {
  const number = notebookNumber(name);
  return number === undefined ? "" : `Notebook ${Number(number)}`;
}
