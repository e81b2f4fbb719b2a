/** The task that runs a body. */
import type { Span } from "../../errors/index.js";
import type { Body } from "../context/context.js";
import type { Value } from "../context/values.js";

/** Returns the task that runs the body. */
export function currentTask(body: Body, at: Span): Value & { readonly kind: "pointer" } {
  const { learned, pools } = body.shared;
  const { task } = body.owner;
  if (task === null) {
    return body.refuse(
      at,
      "current is whoever was interrupted here: a handler names the task that it means",
    );
  }
  learned.pooled.add("task_struct");
  const pool = pools.get("task_struct");
  if (pool === undefined) return body.refuse(at, "current is not known yet");
  return { kind: "pointer", tag: "task_struct", set: pool.set, expr: task };
}
