/** The options of `lab explore`, and which of them make no sense together. */
import type { CaseOrFile } from "../case/file-case.js";
import type { Limits } from "../frame/limit-options.js";
import { UsageError } from "../frame/program.js";
import type { ReductionOptions } from "../frame/reduction-options.js";
import type { ViolatedName } from "./explore-property.js";

/** The options, as they were given. */
export interface Options extends CaseOrFile, Limits, ReductionOptions {
  readonly depthFirst?: true;
  readonly jobs?: number;
  readonly smallest?: true;
  readonly steps?: true;
  readonly timeline?: true;
  readonly property?: ViolatedName;
  readonly token?: string;
  readonly json?: true;
  readonly list?: true;
  readonly showCode?: true;
  readonly asC?: true;
}

/** Throws a UsageError where one option would be silently without effect beside another. */
export function checkTogether(options: Options): void {
  const { token, smallest, property, steps, json, showCode, timeline } = options;
  const apart = (one: string, other: string): UsageError =>
    new UsageError(`${one} and ${other} make no sense together: give one of them`);
  if (token !== undefined && smallest === true) throw apart("--token", "--smallest");
  if (token !== undefined && property !== undefined) throw apart("--token", "--property");
  if (options.asC === true && showCode === true) throw apart("--as-c", "--show-code");
  const printed = showCode === true ? "--show-code" : options.asC === true ? "--as-c" : null;
  if (printed !== null) {
    if (smallest === true) throw apart(printed, "--smallest");
    if (token !== undefined) throw apart(printed, "--token");
    if (json === true) throw apart(printed, "--json");
    if (steps === true) throw apart(printed, "--steps");
    if (timeline === true) throw apart(printed, "--timeline");
    if (property !== undefined) throw apart(printed, "--property");
  }
  if (options.jobs !== undefined && options.depthFirst === true) {
    throw apart("--jobs", "--depth-first");
  }
  if (smallest === true) {
    if (options.jobs !== undefined) throw apart("--smallest", "--jobs");
    if (options.depthFirst === true) throw apart("--smallest", "--depth-first");
    if (!options.reductions) throw apart("--smallest", "--no-reductions");
    if (options.without.length > 0) throw apart("--smallest", "--without");
    if (property !== undefined) throw apart("--smallest", "--property");
    if (timeline === true) throw apart("--smallest", "--timeline");
  }
  if (property !== undefined && steps !== true && timeline !== true && json !== true) {
    throw new UsageError(
      "--property says whose steps are printed: give --steps, --timeline or --json with it",
    );
  }
}
