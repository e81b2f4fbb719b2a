import { describe, expect, it } from "vitest";
import { killable } from "../../../lib/atlas/stories/annotations.js";
import { explore } from "../../../lib/explore/index.js";
import {
  mutex,
  mutex_lock_interruptible,
  mutex_unlock,
  scenario,
  signals,
  thread,
} from "../../../lib/machine/index.js";
import { loadKernelC } from "../../../lib/notebook/kernel-c.js";

const kernelC = await loadKernelC();

/** What is warned of. */
const warned = (of: Parameters<typeof explore>[0]): readonly string[] => explore(of).warnings;

const m = mutex("m");
const takes = (name: string, cpu: number) =>
  thread(name, cpu, [mutex_lock_interruptible(m, [mutex_unlock(m)])]);
const sizes = { cpu: 2 };

const c = (comment: string): string =>
  `/* lab: thread a on 0 */\n/* lab: thread b on 1 */\n${comment}
static DEFINE_MUTEX(m);
static void a(void) { if (mutex_lock_interruptible(&m)) return; mutex_unlock(&m); }
static void b(void) { mutex_lock(&m); mutex_unlock(&m); }
`;

describe("a wait that a signal ends, where nobody sends one", () => {
  it("is told of in statements, with what sends one", () => {
    const [only = "", ...more] = warned(
      scenario("t", { sizes, processes: [takes("a", 0), takes("b", 1)] }),
    );
    expect(more).toEqual([]);
    expect(only).toContain("mutex_lock_interruptible(");
    expect(only).toContain("signals() among the processes");
  });

  it("is told of in C, with the comment to write", () => {
    const [only = "", ...more] = warned(kernelC(c("")));
    expect(more).toEqual([]);
    expect(only).toContain("a comment /* lab: signals */");
  });

  it("is not where somebody does, or where nobody asks", () => {
    const processes = [takes("a", 0), takes("b", 1), signals()];
    expect(warned(scenario("t", { sizes, processes }))).toEqual([]);
    expect(warned(kernelC(c("/* lab: signals */")))).toEqual([]);
    expect(
      warned(
        kernelC(
          c("")
            .replace("_interruptible", "_nested")
            .replace("(&m))", "(&m, 1))")
            .replace("if (mutex_lock_nested(&m, 1)) return;", "mutex_lock(&m);"),
        ),
      ),
    ).toEqual([]);
    expect(warned(killable())).toEqual([]);
  });
});
