/** Something the person at the terminal has to mend: what is wrong, and what to do next. */
export class Problem extends Error {
  /**
   * @param {string} what one line: what is missing or failed
   * @param {readonly string[]} next what to do, one line each
   * @param {string} [detail] what the failing program printed
   */
  constructor(what, next, detail = "") {
    super(what);
    this.name = "Problem";
    this.next = next;
    this.detail = detail;
  }

  /** @returns {string} the text for the terminal */
  describe() {
    const detail = this.detail.trim();
    const tail = detail === "" ? [] : detail.split("\n").slice(-25);
    return [...tail.map((line) => `  | ${line}`), `error: ${this.message}`]
      .concat(this.next.map((line) => `  -> ${line}`))
      .join("\n");
  }
}
