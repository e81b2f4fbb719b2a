import { describe, expect, it } from "vitest";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

describe("a thread that ends itself", () => {
  it.each([
    ["do_exit()", "do_exit(0);"],
    ["kthread_exit()", "kthread_exit(0);"],
    ["in an arm", "if (x == 0) do_exit(0); else return 0;"],
    ["in a loop", "for (;;) { x = 1; do_exit(0); }"],
    ["complete_and_exit()", "complete_and_exit(&gone, 0);"],
  ])("runs nothing behind %s", (_, end) => {
    const { result, report } = bothOn(
      kernelC(`/* lab: thread f */
static DECLARE_COMPLETION(gone);
static int x; /* 0..1 */
static int f(void *data) { ${end} BUG(); }`),
    );
    expect([result.verdict, report]).toEqual(["safe", null]);
  });

  it("completes before it ends, and releases what its scope guards", () => {
    const { result } = bothOn(
      kernelC(`/* lab: thread f */
/* lab: thread g */
static DECLARE_COMPLETION(gone);
static DEFINE_MUTEX(m);
static int f(void *data) { guard(mutex)(&m); kthread_complete_and_exit(&gone, 0); }
static void g(void) { wait_for_completion(&gone); mutex_lock(&m); mutex_unlock(&m); }`),
    );
    expect(result.verdict).toBe("safe");
  });

  it("may be a function of the text by that name", () => {
    const text = `/* lab: thread f */
static int x; /* 0..1 */
static void do_exit(int code) { x = code; }
static void f(void) { do_exit(1); BUG_ON(x); }`;
    expect(bothOn(kernelC(text)).result.verdict).toBe("assert");
  });

  it("is refused where it is another function that would end it", () => {
    const text = `/* lab: thread f */
static void stop(void) { do_exit(0); }
static int f(void *data) { stop(); return 0; }`;
    expect(() => kernelC(text)).toThrow("a thread ends itself in its own function");
  });
});

describe("calls of drivers that do more than can be left out", () => {
  it.each([
    ["input_report_key(dev, 1, 1)", "event_lock"],
    ["pagefault_disable()", "takes no mmap_lock"],
    ["schedule_hrtimeout(&t, HRTIMER_MODE_REL)", "usleep_range()"],
  ])("say what to write: %s", (call, instead) => {
    expect(() => kernelC(`/* lab: thread f */\nstatic void f(void) { ${call}; }`)).toThrow(instead);
  });
});
