import type { SourceFile } from "../parse/source.js";

/** A thread that ends itself returns from its function: kernel/kthread.c. */
export const threadEnd: SourceFile = {
  file: "include/linux/kthread.h",
  text: String.raw`#define kthread_exit(result) return (result)

#define kthread_complete_and_exit(comp, code) do { complete(comp); return (code); } while (0)

#define complete_and_exit(comp, code) do { complete(comp); return (code); } while (0)

#define do_exit(code) return (code)

#define kthread_freezable_should_stop(was_frozen) kthread_should_stop()
`,
};
