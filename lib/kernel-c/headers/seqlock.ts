import type { SourceFile } from "../parse/source.js";

export const seqlock: SourceFile = {
  file: "include/linux/seqlock.h",
  text: String.raw`#define write_seqlock_irq(lock) do { local_irq_disable(); write_seqlock(lock); } while (0)

#define write_sequnlock_irq(lock) do { write_sequnlock(lock); local_irq_enable(); } while (0)

#define write_seqlock_irqsave(lock, flags) do { local_irq_save(flags); write_seqlock(lock); } while (0)

#define write_sequnlock_irqrestore(lock, flags) do { write_sequnlock(lock); local_irq_restore(flags); } while (0)

#define read_seqlock_excl_bh(lock) do { local_bh_disable(); read_seqlock_excl(lock); } while (0)

#define read_sequnlock_excl_bh(lock) do { read_sequnlock_excl(lock); local_bh_enable(); } while (0)

#define read_seqlock_excl_irq(lock) do { local_irq_disable(); read_seqlock_excl(lock); } while (0)

#define read_sequnlock_excl_irq(lock) do { read_sequnlock_excl(lock); local_irq_enable(); } while (0)

#define read_seqlock_excl_irqsave(lock, flags) do { local_irq_save(flags); read_seqlock_excl(lock); } while (0)

#define read_sequnlock_excl_irqrestore(lock, flags) do { read_sequnlock_excl(lock); local_irq_restore(flags); } while (0)

#define raw_read_seqcount_begin(s) read_seqcount_begin(s)

#define __read_seqcount_begin(s) read_seqcount_begin(s)

#define __read_seqcount_retry(s, start) read_seqcount_retry(s, start)

#define write_seqlock_bh(lock) do { local_bh_disable(); write_seqlock(lock); } while (0)

#define write_sequnlock_bh(lock) do { write_sequnlock(lock); local_bh_enable(); } while (0)
`,
};
