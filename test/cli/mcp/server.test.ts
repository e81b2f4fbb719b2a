import { readFileSync } from "node:fs";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labServer } from "../../../lib/cli/mcp/server.js";
import { kernelSplats } from "../../../lib/splat/samples/index.js";

const client = new Client({ name: "test", version: "1" });

beforeAll(async () => {
  const [here, there] = InMemoryTransport.createLinkedPair();
  await Promise.all([labServer("1.2.3").connect(there), client.connect(here)]);
});

afterAll(() => client.close());

interface Answer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly failed: boolean;
}

async function ask(name: string, args: Record<string, unknown>): Promise<Answer> {
  const result = (await client.callTool({ name, arguments: args })) as CallToolResult;
  const text = result.content.map((part) => (part.type === "text" ? part.text : "")).join("");
  return { text, data: result.structuredContent, failed: result.isError === true };
}

const abba = `static DEFINE_MUTEX(a);
static DEFINE_MUTEX(b);
/* lab: thread one on 0 */
static void one(void)
{
	mutex_lock(&a);
	mutex_lock(&b);
	mutex_unlock(&b);
	mutex_unlock(&a);
}
/* lab: thread two on 1 */
static void two(void)
{
	mutex_lock(&b);
	mutex_lock(&a);
	mutex_unlock(&a);
	mutex_unlock(&b);
}
`;

const fix = `--- a/request.c
+++ b/request.c
@@ -12,6 +12,6 @@
 {
-	mutex_lock(&b);
 	mutex_lock(&a);
-	mutex_unlock(&a);
+	mutex_lock(&b);
 	mutex_unlock(&b);
+	mutex_unlock(&a);
 }
`;

/** A subclass for the inner lock of the second path: lockdep sees two classes. */
const silence = `--- a/request.c
+++ b/request.c
@@ -13,3 +13,3 @@
 	mutex_lock(&b);
-	mutex_lock(&a);
+	mutex_lock_nested(&a, SINGLE_DEPTH_NESTING);
 	mutex_unlock(&a);
`;

describe("the lab's tools, over the Model Context Protocol", () => {
  it("are named, described, and marked as read-only", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "explain_report",
      "explore_code",
      "judge_patch",
      "replay_token",
      "what_if",
    ]);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
    expect(client.getServerVersion()).toMatchObject({ name: "lockdep-lab", version: "1.2.3" });
    expect(client.getInstructions()).toContain("no proof of a deadlock");
  });

  it("explain a report, as text and as data", async () => {
    const { text, data } = await ask("explain_report", { text: kernelSplats.none });
    expect(text).toContain("A circle in the order of locks");
    expect(data).toMatchObject({
      left: 0,
      reports: [
        {
          kind: "circular",
          signature: { whole: true },
          explanation: { title: expect.any(String) as unknown },
        },
      ],
    });
    const two = kernelSplats.none + kernelSplats.novalidate;
    expect((await ask("explain_report", { text: two, most: 1 })).text).toMatch(/1 more reports/);
  });

  it("say what is wrong with a request, and serve the next", async () => {
    const none = await ask("explain_report", { text: "usb 1-1: new device" });
    expect(none).toMatchObject({ failed: true });
    expect(none.text).toContain("no lockdep report found");
    expect((await ask("explore_code", {})).text).toContain(
      "give one of code, file, atlas and case",
    );
    expect((await ask("explore_code", { case: "kvm-po" })).text).toContain("did you mean kvm-pi");
    expect((await ask("explore_code", { file: "/etc/passwd" })).text).toContain("only files of C");
    expect((await ask("explore_code", { code: "int f(" })).failed).toBe(true);
    expect((await ask("explore_code", { case: "abba", max_seconds: 9999 })).failed).toBe(true);
    expect((await ask("replay_token", { case: "abba", token: "AAAA" })).failed).toBe(true);
  });

  it("explore C within bounds, and replay what was found by its token", async () => {
    const found = await ask("explore_code", { code: abba });
    expect(found.data).toMatchObject({
      explorer: { verdict: "deadlock", complete: true },
      bounds: { cpus: 2 },
      lockdep: { kind: "circular" },
      quadrant: "both find it",
    });
    const { token, steps } = found.data ?? {};
    const again = await ask("replay_token", { code: abba, token });
    expect(again.data).toMatchObject({ steps });
    const short = await ask("explore_code", { case: "kvm-pi", fix: "final", max_states: 50 });
    expect(short.data).toMatchObject({ explorer: { complete: false, verdict: "inconclusive" } });
  });

  it("judge a patch: what it mends, and what it only silences", async () => {
    const mended = await ask("judge_patch", { code: abba, patch: fix });
    expect(mended.text).toContain("The explorer's verdict was deadlock and is none.");
    expect(mended.data).toMatchObject({
      before: { quadrant: "both find it" },
      after: { quadrant: "both find nothing" },
    });
    const silenced = await ask("judge_patch", { code: abba, patch: silence });
    expect(silenced.text).toContain("Lockdep is silenced, and the deadlock is still there.");
    expect(silenced.data).toMatchObject({ after: { quadrant: "false negative" } });
    const wrong = await ask("judge_patch", {
      code: abba,
      patch: fix.replace("mutex_lock(&b)", "f()"),
    });
    expect(wrong.failed).toBe(true);
    expect((await ask("judge_patch", { case: "abba", patch: fix })).text).toContain(
      "a patch is for C",
    );
  });

  it("judge a patch of the lab's own case, with the bugs that it would hide", async () => {
    const out1 = readFileSync(
      new URL("../../../lib/kvm/c/fixes/out1.diff", import.meta.url),
      "utf8",
    );
    const { text, data } = await ask("judge_patch", {
      case: "kvm-pi",
      mutant: "m8",
      vcpus: 2,
      patch: out1,
    });
    expect(text).toContain("HIDDEN: lockdep is silent; deadlock");
    expect(data).toMatchObject({
      lockdep: { kind: null },
      explorer: { verdict: "none", complete: true },
      bugs: [{ bug: "m8", fate: "hidden" }],
    });
    const wrong = await ask("judge_patch", { case: "kvm-pi", patch: "no diff at all" });
    expect(wrong.failed).toBe(true);
  });

  it("cut an edge of what a report shows", async () => {
    const { text, data } = await ask("what_if", {
      texts: [{ name: "dmesg", text: kernelSplats.none }],
      cut: ["pi_lock -> rq->__lock"],
    });
    expect(text).toContain("After cutting pi_lock -> rq->__lock: no circle");
    expect(data).toMatchObject({ after: { complete: true, circles: [] } });
  });
});
