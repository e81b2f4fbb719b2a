import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { lab, type Answer } from "../../command-line.js";

const main = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));

function asProcess(...args: readonly string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
  });
  return { status: status ?? -1, out: stdout, err: stderr };
}

it.each([
  ["prints a verdict", 0, "explore --case abba --steps"],
  ["prints its help", 0, "explore --help"],
  ["cannot read a file", 1, "replay no/such.jsonl"],
  ["is given an option that there is not", 2, "explore --josn"],
  ["is given a name that there is not", 2, "explore --fix fianl"],
  ["is given a command that there is not", 2, "exlpore"],
])(
  "a command that %s ends with %i, as the tests run it and as its process",
  async (_, ...asked) => {
    const [status, line] = asked;
    const args = line.split(" ");
    const answer = await lab(...args);
    expect(answer.status).toBe(status);
    expect(answer).toEqual(asProcess(...args));
  },
);

it("a command leaves nothing behind in the process of the tests", async () => {
  const state = () => ({
    argv: process.argv,
    exit: Object.getOwnPropertyDescriptor(process, "exit"),
    exitCode: process.exitCode,
    write: Object.getOwnPropertyDescriptor(process.stdout, "write"),
    listeners: process.stdout.listenerCount("error"),
  });
  const before = state();
  await lab("explore", "--josn");
  await lab("replay", "no/such.jsonl");
  expect(state()).toEqual(before);
});
