import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lab as labWith, ownFolder, type Answer } from "../../command-line.js";

const folder = ownFolder();
afterAll(folder.remove);

const lab = (line: string): Promise<Answer> => labWith(...line.split(" "));

const json = async (line: string): Promise<unknown> => JSON.parse((await lab(line)).out);

describe("lab matrix", () => {
  it("prints the cells that are asked for, with what lockdep said in each order", async () => {
    const { status, out, err } = await lab("matrix --fix final --mutant m0,m2 --vcpus 1 --json");
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      { fix: "final", mutant: "m0", lockdep: { kind: null }, quadrant: "both find nothing" },
      {
        fix: "final",
        mutant: "m2",
        lockdep: { kind: "circular", orders: [{ order: "owin" }, {}, {}] },
        explorer: { verdict: "none", complete: true, cpus: 2, vcpus: 1, steps: null },
        quadrant: "false positive",
      },
    ]);
    expect(err).toContain("2 of 2: final");
  });

  it("goes on from what it kept", async () => {
    const kept = join(folder.path, "kept.jsonl");
    const asked = `matrix --fix final,two-locks --mutant m0 --vcpus 1 --json --keep ${kept}`;
    const first = (await lab(asked)).out;
    const lines = readFileSync(kept, "utf8").trim().split("\n");
    expect(lines).toHaveLength(2);
    expect((await lab(asked)).out).toBe(first);
    expect(readFileSync(kept, "utf8").trim().split("\n")).toEqual(lines);

    // What is kept is what is answered; other code is not taken for it, nor is a line that is torn.
    const forged = (lines[0] ?? "").replace(/"states":\d+/, '"states":7');
    writeFileSync(kept, `${forged}\n${(lines[1] ?? "").slice(0, 90)}\n`);
    expect(await json(asked)).toMatchObject([
      { explorer: { states: 7 } },
      { explorer: (JSON.parse(first) as readonly { explorer: unknown }[])[1]?.explorer },
    ]);
    expect(await json(asked.replace("m0", "m2"))).not.toMatchObject([
      { explorer: { states: 7 } },
      {},
    ]);
  });

  it("says at once that it cannot keep anything there", async () => {
    const { status, out, err } = await lab(`matrix --keep ${join(folder.path, "no", "such")}`);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toMatch(/^lab matrix: .*cannot be written.*\n$/);
  });

  it("takes changes in the mutants' place", async () => {
    expect(await json("matrix --fix final --change remote-cpu --vcpus 1 --json")).toMatchObject([
      { fix: "final", changes: ["remote-cpu"], lockdep: { kind: null } },
    ]);
  });

  it("answers an unknown name with the nearest and exit status 2", async () => {
    expect(await lab("matrix --fix out2")).toMatchObject({ status: 2 });
  });
});

describe("lab annotate", () => {
  it("finds the merged rule among the rules of subclass 0 and 1", async () => {
    const { status, out } = await lab("annotate --highest 1");
    expect(status).toBe(0);
    expect(out).toContain("handler 0, sched_out 1, sched_in 0 then 1  <- merged in 6.15");
    expect(out).toContain("They are one rule, with 0 and 1 exchanged.");
    expect(out).toMatch(/Rejected, misses m3 \(\d+\):\n {2}handler 0, sched_out 1, sched_in 1\n/);
  }, 300_000);
});
