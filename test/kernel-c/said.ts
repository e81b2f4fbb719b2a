/** What is said of texts of C. */
import { KernelCError } from "../../lib/kernel-c/index.js";
import { translate } from "../../lib/machine/index.js";
import { loadKernelC } from "./parser.js";

const kernelC = await loadKernelC();

/** What is said of a text; null if it is fine. */
export function said(text: string): string | null {
  try {
    translate(kernelC(text, { file: "t.c" }));
    return null;
  } catch (error) {
    // What C can say and the machine refuses, such as a step that nothing can ever take, it says in its own words.
    if (error instanceof KernelCError || error instanceof TypeError) return error.message;
    throw error;
  }
}

/** What a function `f` of a text may use. */
export const head = `/* lab: thread f on 0 */
static DEFINE_MUTEX(m);
static raw_spinlock_t l;
static int x;
struct foo { int n; };
static struct foo a;
`;
