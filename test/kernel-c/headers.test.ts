import { describe, expect, it } from "vitest";
import { explore } from "../../lib/explore/index.js";
import { KernelCError } from "../../lib/kernel-c/index.js";
import { lockdepOn } from "../../lib/verdict/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

const two = "/* lab: thread f on 0 */\n/* lab: thread g on 1 */\n";

/** Both verdicts of a text. */
function verdicts(text: string): readonly [string, string] {
  const scenario = kernelC(text);
  return [explore(scenario).verdict, lockdepOn(scenario).report?.kind ?? "silent"];
}

describe("what the kernel's headers have is read where a text calls it", () => {
  it.each([
    [
      "rtnl_lock() and mmap_read_lock()",
      `static struct mm_struct mm;
static void f(void) { rtnl_lock(); mmap_read_lock(&mm); mmap_read_unlock(&mm); rtnl_unlock(); }
static void g(void) { mmap_write_lock(&mm); rtnl_lock(); rtnl_unlock(); mmap_write_unlock(&mm); }`,
      ["deadlock", "circular"],
    ],
    [
      "inode_lock_nested(), parent first",
      `static struct inode a, b;
static void f(void) { inode_lock_nested(&a, I_MUTEX_PARENT); inode_lock_nested(&b, I_MUTEX_CHILD); inode_unlock(&b); inode_unlock(&a); }
static void g(void) { inode_lock(&b); inode_unlock(&b); }`,
      ["safe", "silent"],
    ],
    [
      "lock_sock(), which a softirq does not take",
      `/* lab: softirq rx on 0 */
static struct sock sk;
static int backlog; /* 0..1 */
static void rx(void) { bh_lock_sock(&sk); if (sock_owned_by_user(&sk)) backlog = 1; bh_unlock_sock(&sk); }
static void f(void) { lock_sock(&sk); release_sock(&sk); }
static void g(void) { lock_sock(&sk); release_sock(&sk); }`,
      ["safe", "silent"],
    ],
    [
      "lock_sock() in two orders with a mutex",
      `static struct sock sk;
static DEFINE_MUTEX(m);
static void f(void) { lock_sock(&sk); mutex_lock(&m); mutex_unlock(&m); release_sock(&sk); }
static void g(void) { mutex_lock(&m); lock_sock(&sk); release_sock(&sk); mutex_unlock(&m); }`,
      ["deadlock", "circular"],
    ],
    [
      "lock_page(), of which lockdep knows nothing",
      `static struct page page;
static struct device dev;
static void f(void) { lock_page(&page); device_lock(&dev); device_unlock(&dev); unlock_page(&page); }
static void g(void) { device_lock(&dev); lock_page(&page); unlock_page(&page); device_unlock(&dev); }`,
      ["deadlock", "silent"],
    ],
    [
      "console_lock(), a semaphore with a map",
      `static DEFINE_MUTEX(m);
static void f(void) { console_lock(); mutex_lock(&m); mutex_unlock(&m); console_unlock(); }
static void g(void) { mutex_lock(&m); console_lock(); console_unlock(); mutex_unlock(&m); }`,
      ["deadlock", "circular"],
    ],
    [
      "write_seqlock_irqsave() and might_sleep_if()",
      `static seqlock_t s;
static void f(void) { unsigned long flags; write_seqlock_irqsave(&s, flags); might_sleep_if(1); write_sequnlock_irqrestore(&s, flags); }
static void g(void) { unsigned start; do { start = read_seqbegin(&s); } while (read_seqretry(&s, start)); }`,
      ["misuse", "silent"],
    ],
    [
      "a queue of packets, whose lock turns interrupts off",
      `/* lab: hardirq rx on 0 */
static struct sk_buff_head q;
static struct sk_buff one, two;
static int __init q_init(void) { skb_queue_head_init(&q); return 0; }
module_init(q_init);
static void rx(void) { spin_lock(&q.lock); spin_unlock(&q.lock); }
static void f(void) { skb_queue_tail(&q, &one); skb_queue_head(&q, &two); }
static void g(void) { struct sk_buff *skb; int n = 0; while ((skb = skb_dequeue(&q)) != NULL) n++; WARN_ON(n > 2); }`,
      ["safe", "silent"],
    ],
    [
      "a queue of packets, taken as softirqs take it and with a port's lock in the other order",
      `static struct sk_buff_head q;
static struct sk_buff one;
static struct uart_port port;
static void f(void) { unsigned long flags; spin_lock_irqsave(&q.lock, flags); uart_port_lock(&port); uart_port_unlock(&port); spin_unlock_irqrestore(&q.lock, flags); }
static void g(void) { unsigned long flags; uart_port_lock_irqsave(&port, &flags); skb_queue_tail(&q, &one); uart_port_unlock_irqrestore(&port, flags); }`,
      ["deadlock", "circular"],
    ],
    [
      "netif_tx_lock() that a softirq takes too",
      `/* lab: softirq tx on 0 */
static struct net_device dev;
static void tx(void) { netif_tx_lock(&dev); netif_wake_queue(&dev); netif_tx_unlock(&dev); }
static void f(void) { netif_tx_lock(&dev); netif_tx_unlock(&dev); }
static void g(void) { netif_tx_lock_bh(&dev); netif_tx_unlock_bh(&dev); }`,
      ["deadlock", "inconsistent"],
    ],
    [
      "kthread_complete_and_exit(), behind which nothing runs",
      `static DECLARE_COMPLETION(gone);
static struct tty_struct tty;
static int f(void *data) { tty_lock(&tty); tty_unlock(&tty); kthread_complete_and_exit(&gone, 0); BUG(); }
static void g(void) { wait_for_completion(&gone); }`,
      ["safe", "silent"],
    ],
    [
      "a call that sleeps, under a spinlock",
      `static DEFINE_SPINLOCK(l);
static void f(void) { spin_lock(&l); i2c_transfer(NULL, NULL, 1); spin_unlock(&l); }
static void g(void) { clk_enable(NULL); }`,
      ["misuse", "silent"],
    ],
  ] as const)("%s", (_, text, expected) => {
    expect(verdicts(two + text)).toEqual(expected);
  });

  it("gives way to what the text declares itself", () => {
    const text = `${two}struct inode { struct mutex i_mutex; };
static struct inode a;
static void inode_lock(struct inode *inode) { mutex_lock(&inode->i_mutex); }
static void inode_unlock(struct inode *inode) { mutex_unlock(&inode->i_mutex); }
static void f(void) { inode_lock(&a); inode_unlock(&a); }
static void g(void) { f(); }
`;
    const { sources } = kernelC(text);
    expect(sources?.map(({ file }) => file)).toEqual(["kernel.c"]);
  });

  it("is not read for a member, or a comment, of that name", () => {
    const text = `${two}/* rtnl_lock() is elsewhere */
struct dev { spinlock_t inode_lock; };
static struct dev d;
static void f(void) { spin_lock(&d.inode_lock); spin_unlock(&d.inode_lock); }
static void g(void) { f(); }
`;
    expect(kernelC(text).sources).toHaveLength(1);
  });

  it("is wrong at the line that calls it, where what the text declares does not fit", () => {
    const text = `${two}struct sock { int sk_state; };
static struct sock sk;
static DEFINE_MUTEX(m);
static void f(void)
{
	lock_sock(&sk);
	xa_lock(&m);
}
static void g(void) { }
`;
    const faults = (): readonly string[] => {
      try {
        kernelC(text);
        return [];
      } catch (error) {
        if (!(error instanceof KernelCError)) throw error;
        return error.faults.map(({ at, message }) => `${at.file}:${String(at.line)}: ${message}`);
      }
    };
    const instead = "what the text declares takes the place of what is declared there";
    expect(faults()).toEqual([
      `kernel.c:8: lock_sock(): struct sock has no member sk_lock, in include/net/sock.h: ${instead}`,
      `kernel.c:9: xa_lock(): &m is no structure, so it has no member xa_lock, in include/linux/xarray.h: ${instead}`,
    ]);
  });

  it("has its own file and lines in traces and errors", () => {
    const { sources = [] } = kernelC(`${two}static void f(void) { rtnl_lock(); rtnl_unlock(); }
static void g(void) { f(); }
`);
    const [, header] = sources;
    expect(header?.file).toBe("include/linux/rtnetlink.h");
    expect(header?.text.split("\n")[4]).toBe("\tmutex_lock(&rtnl_mutex);");
    const wrong = `${two}static void f(void) { rtnl_lok(); }\nstatic void g(void) { }\n`;
    expect(() => kernelC(wrong)).toThrow(KernelCError);
    expect(() => kernelC(wrong)).toThrow("no such call: rtnl_lok(); did you mean rtnl_lock()?");
  });
});

describe("an hrtimer's function", () => {
  const text = (returned: string): string => `/* lab: cpus 1 */
/* lab: thread f on 0 */
static struct hrtimer t;
static int n; /* 0..1 */
static enum hrtimer_restart fn(struct hrtimer *of) { BUG_ON(n == 1); n = 1; hrtimer_forward_now(of, 1000); return ${returned}; }
static void init(void) { hrtimer_setup(&t, fn, CLOCK_MONOTONIC, HRTIMER_MODE_REL); }
static void f(void) { hrtimer_start(&t, 0, HRTIMER_MODE_REL); }
`;

  it("is called again where it returns HRTIMER_RESTART, and only there", () => {
    expect(explore(kernelC(text("HRTIMER_NORESTART"))).verdict).toBe("safe");
    expect(explore(kernelC(text("HRTIMER_RESTART"))).verdict).toBe("assert");
    expect(explore(kernelC(text("n == 1 ? HRTIMER_RESTART : HRTIMER_NORESTART"))).verdict).toBe(
      "assert",
    );
  });
});

describe("hrtimer_active()", () => {
  it("holds while the function runs, when hrtimer_is_queued() no longer does", () => {
    const text = (asks: string): string => `/* lab: cpus 1 */
/* lab: thread f on 0 */
static struct hrtimer t;
static enum hrtimer_restart fn(struct hrtimer *of) { BUG_ON(!${asks}(of)); return HRTIMER_NORESTART; }
static void init(void) { hrtimer_setup(&t, fn, CLOCK_MONOTONIC, HRTIMER_MODE_REL); }
static void f(void) { hrtimer_start(&t, 0, HRTIMER_MODE_REL); }
`;
    expect(explore(kernelC(text("hrtimer_active"))).verdict).toBe("safe");
    expect(explore(kernelC(text("hrtimer_is_queued"))).verdict).toBe("assert");
  });
});

describe("what code demands of its context", () => {
  const text = (demand: string): string => `/* lab: hardirq h on 0 */
/* lab: thread f on 0 */
static int x; /* 0..1 */
static void h(void) { ${demand} x = 1; }
static void f(void) { x = 0; }
`;
  it.each([
    ["lockdep_assert_in_irq();", "safe"],
    ["lockdep_assert_preemption_disabled();", "safe"],
    ["cant_sleep();", "safe"],
    ["lockdep_assert_no_hardirq();", "assert"],
    ["lockdep_assert_irqs_enabled();", "assert"],
    ["lockdep_assert_preemption_enabled();", "assert"],
    ["lockdep_assert_in_softirq();", "assert"],
  ])("in a hardirq: %s %s", (demand, expected) => {
    expect(explore(kernelC(text(demand))).verdict).toBe(expected);
  });
});

describe("integers", () => {
  it("have types whose words stand in any order, and parameters of one word", () => {
    const text = `/* lab: thread f on 0 */
static unsigned n; /* 0..3 */
static int g(unsigned k, long unsigned m, unsigned long long int l) { short int s = 1; return k + s - m; }
static void f(void) { n = g(2, 1, 0); BUG_ON(n != 2); }
`;
    expect(explore(kernelC(text)).verdict).toBe("safe");
  });
});
