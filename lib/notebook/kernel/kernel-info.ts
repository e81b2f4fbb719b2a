import { languageInfo } from "../document/language.js";
import type { Fields } from "../jupyter/message.js";

/** Returns what the kernel says of itself; the language part is what stock tslab says. */
export function kernelInfo(): Fields {
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: "lockdep-lab",
    implementation_version: "1.0.0",
    language_info: languageInfo,
    banner: "TypeScript in the lab: tslab's compiler, strict, with real error messages",
    help_links: [],
  };
}
