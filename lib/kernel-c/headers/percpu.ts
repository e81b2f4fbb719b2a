import type { SourceFile } from "../parse/source.js";

export const percpu: SourceFile = {
  file: "include/linux/percpu-defs.h",
  text: String.raw`#define this_cpu_xchg(pcp, nval) xchg(this_cpu_ptr(&(pcp)), nval)

#define this_cpu_cmpxchg(pcp, oval, nval) cmpxchg(this_cpu_ptr(&(pcp)), oval, nval)

#define this_cpu_try_cmpxchg(pcp, ovalp, nval) try_cmpxchg(this_cpu_ptr(&(pcp)), ovalp, nval)

#define __this_cpu_xchg(pcp, nval) this_cpu_xchg(pcp, nval)

#define __this_cpu_cmpxchg(pcp, oval, nval) this_cpu_cmpxchg(pcp, oval, nval)

#define raw_cpu_read(pcp) this_cpu_read(pcp)

#define raw_cpu_write(pcp, val) this_cpu_write(pcp, val)

#define raw_cpu_inc(pcp) this_cpu_inc(pcp)

#define raw_cpu_dec(pcp) this_cpu_dec(pcp)

#define raw_cpu_add(pcp, val) this_cpu_add(pcp, val)
`,
};
