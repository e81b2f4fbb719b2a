/** What to do where a work item, or a timer, waits for itself. */
import type { RecursiveSplat } from "../../report/index.js";
import { sureNames } from "../../stacks/fold-stack.js";
import { plainName, works } from "../../stacks/functions.js";
import { ownerOf } from "../../stacks/owner.js";
import type { FoundSuspect } from "../suspects/find.js";
import { code } from "../words/words.js";

const flushes =
  /^(?:destroy_workqueue|drain_workqueue|_*flush_workqueue|flush_work|cancel_(?:delayed_)?work_sync|(?:del_timer|timer_delete|timer_shutdown)_sync|hrtimer_cancel)$/;

/** Returns the mends of what waits for its own end. */
export function flushedFrom(
  report: RecursiveSplat,
  { name, suspect }: FoundSuspect,
): readonly string[] {
  const { itself } = suspect;
  const remover = report.holding?.at?.symbol ?? "";
  if (/remove_(?:file_)?self$/.test(plainName(remover))) {
    return [
      `${code(name)} is no lock. The method removes its own file as it should, by ${code(`${plainName(remover)}()`)}; what it waits for is another file of the class, of an object below it.`,
      "If that can never be its own, tell lockdep so: __ATTR_IGNORE_LOCKDEP() for the attribute, or a key of its own (sysfs_attr_init()).",
    ];
  }
  if (itself !== undefined) {
    return [`${code(name)} is no lock. ${itself.says}`, itself.mend];
  }
  const names = sureNames(report.backtrace).map(plainName);
  const runner = names.findIndex((each) => works.test(each) || each === "call_timer_fn");
  const item = report.work?.item ?? (runner < 1 ? undefined : names[runner - 1]);
  const how = names.findLast((each) => flushes.test(each));
  const owner = ownerOf(report.backtrace)?.name;
  const path = [owner, how].filter((each) => each !== undefined).map((each) => code(each));
  const who = item === undefined ? "What runs" : `${code(item)}, which runs within it,`;
  return [
    `${code(name)} is no lock. ${who} waits for the end of what it is part of${path.length === 0 ? "" : `, by ${path.join(" > ")}`}: it waits for itself${name.includes("(wq_completion)") ? "" : ", unless they are two of one class"}.`,
    `Do that from somewhere else: the last put, the flush or the destroy from another queue, or let the item only mark the object and the owner wait for it.`,
  ];
}
