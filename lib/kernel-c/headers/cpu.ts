import type { SourceFile } from "../parse/source.js";

export const cpu: SourceFile = {
  file: "include/linux/cpu.h",
  text: String.raw`#define get_online_cpus() cpus_read_lock()

#define put_online_cpus() cpus_read_unlock()
`,
};
