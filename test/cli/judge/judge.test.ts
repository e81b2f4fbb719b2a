import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

// As it is built: the parser's WebAssembly is found from there.
const main = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
const run = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
  });
  return { status, out: stdout, err: stderr };
};

const folder = mkdtempSync(join(tmpdir(), "lab-judge-"));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const small = ["--vcpus", "1", "--bugs", "m3"];

describe("lab judge", () => {
  it("says of a ready fix what it costs, and of a bug why it is reported", () => {
    const { status, out } = run("judge", "--fix", "out1", ...small);
    expect(status).toBe(0);
    expect(out).toMatch(/^lockdep +owin silent, .*every arm silent$/m);
    expect(out).toMatch(/^adds edges +rq -> wakeup\/1$/m);
    expect(out).toMatch(/^m3 .*\n +reported as circular: /m);
    expect(out.replace(/\s+/g, " ")).toContain("sched_in takes wakeup/0 inside rq: a circle");
  });

  it("takes some functions of the case from a file of C", () => {
    const path = file(
      "put.c",
      "void vmx_vcpu_pi_put(struct kvm_vcpu *vcpu)\n{\n\tpi_enable_wakeup_handlr(vcpu);\n}\n",
    );
    const { status, err } = run("judge", path, ...small);
    expect(status).toBe(1);
    expect(err).toMatch(/posted_intr\.c:\d+:\d+: .*did you mean pi_enable_wakeup_handler/);
  });

  it("wants something to judge", () => {
    expect(run("judge").status).toBe(2);
  });
});

describe("lab compare", () => {
  it("says which races a lock takes away, of two files", () => {
    const text = (lock: string, unlock: string): string => `/* lab: cpus 2 */
/* lab: thread add on 0 */
/* lab: thread count_up on 1 */
static DEFINE_SPINLOCK(lock);
static int count; /* 0..2 */
static void bump(void)
{
	${lock}
	int seen = count;
	count = seen + 1;
	${unlock}
}
static void add(void) { bump(); }
static void count_up(void) { bump(); }
`;
    const before = file("before.c", text("", ""));
    const after = file("after.c", text("spin_lock(&lock);", "spin_unlock(&lock);"));
    const { status, out } = run("compare", before, after);
    expect(status).toBe(0);
    expect(out).toMatch(/^- race .* on count$/m);
    expect(out).toMatch(/^\+ wait +bump\(\) for lock holding nothing$/m);
    expect(run("compare", before).status).toBe(2);
  });
});
