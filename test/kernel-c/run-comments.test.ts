/** What the lines of comments say beside the text: the kernel, threads that may be anywhere, signals. */
import { describe, expect, it } from "vitest";
import { bothOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

/** A spinlock under a raw one: wrong on PREEMPT_RT alone. */
const nested = `static DEFINE_RAW_SPINLOCK(raw);
static DEFINE_SPINLOCK(spin);
static void f(void)
{
	raw_spin_lock(&raw);
	spin_lock(&spin);
	spin_unlock(&spin);
	raw_spin_unlock(&raw);
}
`;

describe("a line of a comment", () => {
  it.each([
    ["6.12", "wait-context"],
    ["6.16", "wait-context"],
    ["6.12-no-raw-nesting", "silent"],
  ])("lab: kernel %s says whose lockdep watches: %s", (kernel, said) => {
    const text = `/* lab: thread f */ /* lab: kernel ${kernel} */\n${nested}`;
    expect(bothOn(kernelC(text)).report?.kind ?? "silent").toBe(said);
  });

  it("lab: kernel names one that there is", () => {
    const text = `/* lab: thread f */ /* lab: kernel 5.4 */\n${nested}`;
    expect(() => kernelC(text)).toThrow(/it is one of 6\.12, /);
  });

  it("lab: thread without a CPU is a thread that may be anywhere, twice where it stands twice", () => {
    const text = `/* lab: thread f */ /* lab: thread f */\n${nested}`;
    expect(kernelC(text).processes.map(({ name }) => name)).toEqual(["f#1", "f#2"]);
  });

  it("lab: signals ends waits that a signal ends", () => {
    const text = `/* lab: thread f */
static DEFINE_MUTEX(m);
static int f(void) { mutex_lock(&m); return mutex_lock_interruptible(&m); }
`;
    expect(bothOn(kernelC(text)).result.verdict).toBe("deadlock");
    expect(bothOn(kernelC(`/* lab: signals */ ${text}`)).result.states).toBeGreaterThan(2);
  });

  it("a timer can come to a CPU that no thread is on", () => {
    const text = `/* lab: thread f on 0 */
static void fn(struct timer_list *t) { }
static DEFINE_TIMER(t, fn);
static void f(void) { mod_timer(&t, jiffies); }
`;
    expect(kernelC(text).sizes).toEqual({ cpu: 2 });
    expect(kernelC(`/* lab: cpus 1 */ ${text}`).sizes).toEqual({ cpu: 1 });
  });
});
