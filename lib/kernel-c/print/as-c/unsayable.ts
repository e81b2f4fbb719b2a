/** What C cannot say of a scenario, collected while it is written. */

/** Collects what is left out, each once. */
export class Unsayable {
  private readonly found = new Set<string>();

  /** Notes something; returns the comment that stands in its place. */
  note(what: string): string {
    this.found.add(what);
    return `/* not in C: ${what.replaceAll("*/", "* /")} */`;
  }

  get all(): readonly string[] {
    return [...this.found];
  }
}
