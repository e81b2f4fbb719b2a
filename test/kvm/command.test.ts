import { describe, expect, it } from "vitest";
import { lab as labWith, type Answer } from "../command-line.js";

const lab = (line: string): Promise<Answer> => labWith(...line.split(" "));

const json = async (line: string): Promise<unknown> => JSON.parse((await lab(line)).out);

describe("lab explore", () => {
  it("prints the verdict with its bounds and a token of the schedule", async () => {
    const asked = "explore --case kvm-pi --fix final --change irqs-on --cpus 2 --vcpus 1 --json";
    const answer = new Map(Object.entries((await json(asked)) ?? {}));
    expect(Object.fromEntries(answer)).toMatchObject({
      verdict: "deadlock",
      complete: true,
      bounds: { cpus: 2, vcpus: 1 },
      violations: { deadlock: 32, corruption: null },
    });
    for (const number of ["states", "transitions", "seconds", "megabytes"]) {
      expect(answer.get(number)).toBeTypeOf("number");
    }
    expect(answer.get("schedule")).toMatch(/^\S+$/);
  });

  it("gives every property that is violated, and as verdict the first of them", async () => {
    const answer = await json("explore --fix final --change stale-cpu --json");
    expect(answer).toMatchObject({
      verdict: "deadlock",
      violations: { deadlock: 103, "lost-wakeup": 108, corruption: null, assert: null },
      shortest: true,
    });
    const other = await json("explore --fix final --change no-on-test --json");
    expect(other).toMatchObject({ verdict: "lost-wakeup", violations: { deadlock: null } });
  });

  it("says of steps that they may not be the fewest, where that was not found out", async () => {
    const asked = "explore --fix final --change remote-cpu --max-states 20000 --json";
    expect(await json(asked)).toMatchObject({
      verdict: "deadlock",
      complete: true,
      shortest: false,
    });
  });

  it("leaves each reduction out that is named, with the same verdict and more states", async () => {
    const states = async (without: string): Promise<unknown> => {
      const answer = await json(`explore --fix final${without} --json`);
      expect(answer).toMatchObject({ verdict: "none", complete: true });
      return new Map(Object.entries(answer ?? {})).get("states");
    };
    const fewest = Number(await states(""));
    for (const without of [" --without symmetry-cpu", " --without partial-order,symmetry"]) {
      expect(await states(without)).toBeGreaterThan(fewest);
    }
    expect(await lab("explore --without symmetry-cpus")).toMatchObject({ status: 2, out: "" });
    expect((await lab("explore --without symmetry-cpus")).err).toContain(
      "did you mean symmetry-cpu",
    );
    expect(await lab("explore --without ,")).toMatchObject({ status: 2, out: "" });
  });

  it("warns where the bound was too small for what it says", async () => {
    const answer = (line: string): Promise<unknown> => json(`explore --fix final ${line} --json`);
    expect(await answer("--mutant m6")).toMatchObject({
      warnings: [expect.stringContaining("--smallest")],
    });
    expect(await answer("--cpus 1")).toMatchObject({
      warnings: [expect.stringMatching(/^1 CPU: .*try 2$/)],
    });
    expect(await answer("--mutant m7 --change other-wakers")).toMatchObject({ warnings: [] });
    expect(await answer("--mutant m2")).toMatchObject({ verdict: "deadlock", warnings: [] });
  });

  it("has neither steps nor a schedule where nothing is violated", async () => {
    expect(await json("explore --fix final --vcpus 1 --json")).toMatchObject({
      verdict: "none",
      violations: { deadlock: null, "lost-wakeup": null, corruption: null, assert: null },
      complete: true,
      schedule: null,
    });
  });

  it("calls a run that was cut short inconclusive", async () => {
    expect(await json("explore --max-states 50 --json")).toMatchObject({
      verdict: "inconclusive",
      complete: false,
    });
  });

  it.each([
    ["--case kvm-p", "kvm-pi"],
    ["--fix fianl", "final"],
    ["--mutant m11", "m1"],
    ["--change irq-on", "irqs-on"],
  ])("answers %s with the nearest name, %s, and exit status 2", async (typo, meant) => {
    const { status, out, err } = await lab(`explore ${typo} --json`);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(`did you mean ${meant}`);
  });

  it.each([
    ["--case quux", /^lab explore: no case is called "quux"; there are kvm-pi, dining, .*\n$/],
    ["--cpus 9", /^lab explore: .*'--cpus <n>' argument '9'.* from 1 to 8 is wanted\.\n$/],
    ["--bogus", /^lab explore: unknown option '--bogus'; see lab explore --help\n$/],
    ["--josn", /^lab explore: unknown option '--josn'; did you mean --json\?\n$/],
    ["--case abba --fix final", /^lab explore: --fix is for kvm-pi, not for abba\n$/],
    ["--case dining --cpus 2", /^lab explore: --cpus is for kvm-pi, not for dining\n$/],
    ["--size 3", /^lab explore: --size is for dining and dining-six-steps, not for kvm-pi\n$/],
    ["--case abba --smallest", /^lab explore: --smallest is for kvm-pi, not for abba\n$/],
    ["--case abba --token AAAA", /^lab explore: this token is not of "AB\/BA".*\n$/],
    ["--case abba --token b5_aAg", /^lab explore: this token was cut short: 0 of its 2 steps.*\n$/],
    ["--token AAAA --smallest", /^lab explore: --token and --smallest make no sense together.*\n$/],
    ["--smallest --depth-first", /^lab explore: --smallest and --depth-first make no sense.*\n$/],
    ["--smallest --no-reductions", /^lab explore: --smallest and --no-reductions make no.*\n$/],
    ["--smallest --property assert", /^lab explore: --smallest and --property make no sense.*\n$/],
    ["--token AAAA --property assert", /^lab explore: --token and --property make no sense.*\n$/],
    [
      "--property deadlock",
      /^lab explore: --property .*: give --steps, --timeline or --json with it\n$/,
    ],
    ["--property starvation --steps", /^lab explore: .* One of deadlock, .* is wanted\.\n$/],
    ["--fix final --fix none", /^lab explore: .* It was given before, as final\. One name .*\n$/],
    ["--mutant m1,m2", /^lab explore: .* One name is wanted here; lab matrix takes several\.\n$/],
    ["--max-seconds 0", /^lab explore: .* A number above 0, up to 1000000, is wanted\.\n$/],
  ])("answers %s with one line and exit status 2", async (wrong, line) => {
    const { status, out, err } = await lab(`explore ${wrong}`);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toMatch(line);
  });

  it("puts lockdep's verdict beside the explorer's", async () => {
    const hidden = (await lab("explore --fix out1 --mutant m2 --max-states 20000")).out.split("\n");
    expect(hidden[0]).toMatch(/^kvm-pi out1 m2: deadlock in \d+ steps/);
    expect(hidden[1]).toMatch(/^lockdep: silent: false negative$/);
    expect((await lab("explore --vcpus 1")).out).toMatch(/\nlockdep: circular: false positive\n/);
    expect(await json("explore --fix final --vcpus 1 --json")).toMatchObject({
      lockdep: { kind: null, orders: [{ order: "owin" }, { order: "wion" }, { order: "nowi" }] },
      quadrant: "both find nothing",
    });
    expect(await json("explore --case abba --json")).toMatchObject({
      lockdep: { kind: "circular", orders: [{ order: "as declared" }] },
      quadrant: "both find it",
    });
    expect(await json("explore --max-states 50 --json")).toMatchObject({
      quadrant: "inconclusive",
    });
  });

  it("prints the shortest counterexample, and again from its token", async () => {
    const [, , one = "", two = "", ...rest] = (await lab("explore --case abba --steps")).out.split(
      "\n",
    );
    expect(one).toMatch(/^1 {2}T\d on cpu\d .* held: lock_a by cpu0$/);
    expect(two).toMatch(/^2 {2}T\d on cpu\d .* held: lock_a by cpu0, lock_b by cpu1$/);
    expect(
      rest.filter((line) => / waits: .*\(lock_[ab]\), holding lock_[ab]; held by/.test(line)),
    ).toHaveLength(2);
    const [, token = ""] = /^replay: --token (\S+)$/m.exec(rest.join("\n")) ?? [];
    expect((await lab(`explore --case abba --token ${token}`)).out).toContain(`\n${one}\n${two}\n`);
    expect(await json("explore --case abba --steps --json")).toMatchObject({ schedule: token });
    expect((await lab("explore --fix final --vcpus 1 --steps")).out).toContain(
      "no steps: nothing is",
    );
  });

  it("shows the counterexample to the property that is named, and to no other", async () => {
    const stale = "explore --fix final --change stale-cpu";
    const lost = await lab(`${stale} --property lost-wakeup --steps`);
    const lines = lost.out.trimEnd().split("\n");
    expect(lines.at(-2)).toBe("lost-wakeup: a blocked vCPU has ON set");
    expect(lines.at(-3)).toMatch(/^108 /);
    const [, token = ""] = /^replay: --token (\S+)$/.exec(lines.at(-1) ?? "") ?? [];
    expect(await json(`${stale} --property lost-wakeup --json`)).toMatchObject({
      verdict: "deadlock",
      schedule: token,
    });
    const { status, out, err } = await lab(`${stale} --property corruption --steps`);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(err).toMatch(/^lab explore: no counterexample to corruption in what was seen: kvm-pi /);
    expect(err).toMatch(/; violated: deadlock, lost-wakeup\n$/);
    const atomic = await json("explore --case atomic --property assert --steps --json");
    expect(atomic).toMatchObject({ verdict: "assert", violations: { assert: 2 }, shortest: true });
  });

  it("stops where a limit is reached", async () => {
    const cut = (limit: string): Promise<unknown> =>
      json(`explore --cpus 4 --vcpus 4 ${limit} --json`);
    expect(await cut("--max-seconds 0.2")).toMatchObject({ complete: false, cutShort: "time" });
    expect(await cut("--max-megabytes 2.5")).toMatchObject({ complete: false, cutShort: "memory" });
    expect(await cut("--max-depth 20")).toMatchObject({ complete: false, cutShort: "depth" });
  });

  it("lists the names as JSON too", async () => {
    const lists = new Map(Object.entries((await json("explore --list --json")) ?? {}));
    expect([...lists.keys()]).toEqual(["cases", "fixes", "mutants", "changes"]);
    const named = { cases: "kvm-pi", fixes: "final", mutants: "m9", changes: "other-wakers" };
    for (const [list, name] of Object.entries(named)) {
      expect(JSON.stringify(lists.get(list))).toContain(`{"name":"${name}","summary":"`);
    }
  });

  it("takes a mutant by its name as by its number", async () => {
    const size = "--cpus 1 --vcpus 1 --json";
    const numbered = new Map(Object.entries((await json(`explore --mutant m2 ${size}`)) ?? {}));
    expect(await json(`explore --mutant sched-in-takes-previous-rq-lock ${size}`)).toMatchObject({
      states: Number(numbered.get("states")),
      quadrant: "false positive",
    });
    expect((await lab("explore --list")).out).toMatch(
      /^ {2}m2 sched-in-takes-previous-rq-lock +sched_in/m,
    );
  });

  it("lists every name that it takes", async () => {
    const { status, out } = await lab("explore --list");
    expect(status).toBe(0);
    for (const name of ["kvm-pi", "final", "assert-not-held", "m9", "irqs-on", "other-wakers"]) {
      expect(out).toMatch(new RegExp(`^  ${name} `, "m"));
    }
    expect(out).toMatch(/m1 .*real with 3 CPUs, set-affinity and load-balance/);
  });

  it("finds that m6 takes a further waker, and on which machine", async () => {
    const asked = "explore --smallest --mutant m6 --change other-wakers --vcpus 1 --json";
    expect(await json(asked)).toMatchObject({
      found: { vcpus: 1, paths: ["other-wakers"], verdict: "deadlock" },
      complete: true,
    });
  });
});

describe("lab explore --smallest", () => {
  it("says of the bounds that they were explored, where nothing was found in one", async () => {
    const { out } = await lab("explore --smallest --cpus 1 --vcpus 1 --change other-wakers");
    expect(out).toBe(
      "Nothing goes wrong in 2 bounds, up to 1 CPU and 1 vCPU; --cpus and --vcpus raise the limit.\n" +
        "Each of them was explored to the end.\n",
    );
  });
});

describe("lab promela", () => {
  it("writes the case that was named, and exits with 2 where there is none", async () => {
    expect((await lab("promela --fix final --vcpus 1")).out).toContain("active");
    expect(await lab("promela --case dinning")).toMatchObject({ status: 2, out: "" });
    expect((await lab("promela --help")).out).toMatch(/-DBFS_PAR.*swarm/s);
  });
});

describe("lab explore --timeline", () => {
  it("prints the counterexample as text for a changelog, and the token it is of", async () => {
    const { out, status } = await lab("explore --fix final --change remote-cpu --timeline");
    expect(status).toBe(0);
    const lines = out.split("\n");
    const from = lines.indexOf("") + 1;
    expect(lines.slice(from).every(({ length }) => length <= 72)).toBe(true);
    expect(out).toMatch(/CPU0 #\d waits for CPU1 #\d and CPU1 #\d waits for CPU0 #\d\./);
    expect(out).toContain("<Interrupt>");
    const [, token = ""] = /--token (\S+)/.exec(out) ?? [];
    const again = await lab(`explore --fix final --change remote-cpu --timeline --token ${token}`);
    expect(again.out.split("\n").slice(2)).toEqual(lines.slice(from));
  });

  it("is a list of lines in JSON, empty where nothing goes wrong", async () => {
    expect(await json("explore --case abba --timeline --json")).toHaveProperty(
      "timeline",
      expect.arrayContaining(["    2                           raw_spin_lock(&lock_b);"]),
    );
    expect(await json("explore --case abba-fixed --timeline --json")).toMatchObject({
      timeline: [],
    });
    expect((await lab("explore --case abba-fixed --timeline")).out).toContain(
      "nothing is violated",
    );
  });

  it("goes with no option that has no schedule", async () => {
    expect(await lab("explore --timeline --smallest")).toMatchObject({ status: 2, out: "" });
    expect(await lab("explore --timeline --show-code")).toMatchObject({ status: 2, out: "" });
  });

  it("--as-c prints statements as kernel C, and explores nothing", async () => {
    const { status, out } = await lab("explore --case abba --as-c");
    expect(status).toBe(0);
    expect(out).toContain("/* lab: thread T0 on 0 forever */");
    expect(out).toContain("\traw_spin_lock(&lock_a);");
    expect(await lab("explore --case abba --as-c --json")).toMatchObject({ status: 2, out: "" });
  });
});
