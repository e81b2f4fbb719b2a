import type { SourceFile } from "../parse/source.js";

export const seqlock: SourceFile = {
  file: "include/linux/seqlock.h",
  text: String.raw`#define write_seqlock_irq(lock) do { local_irq_disable(); write_seqlock(lock); } while (0)

#define write_sequnlock_irq(lock) do { write_sequnlock(lock); local_irq_enable(); } while (0)

#define write_seqlock_irqsave(lock, flags) do { local_irq_save(flags); write_seqlock(lock); } while (0)

#define write_sequnlock_irqrestore(lock, flags) do { write_sequnlock(lock); local_irq_restore(flags); } while (0)

#define write_seqlock_bh(lock) do { local_bh_disable(); write_seqlock(lock); } while (0)

#define write_sequnlock_bh(lock) do { write_sequnlock(lock); local_bh_enable(); } while (0)
`,
};
