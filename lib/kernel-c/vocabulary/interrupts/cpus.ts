/** Loops over CPUs: include/linux/cpumask.h. All that there are are online. */
import type { Family, RoundsRow } from "../row/index.js";

const eachCpu: RoundsRow = {
  takes: "cpu",
  cursor: 0,
  rounds: ({ cpus }) => Array.from({ length: cpus }, (_, cpu) => cpu),
};

export const cpusFamily: Family = {
  name: "cpus",
  rounds: {
    for_each_online_cpu: eachCpu,
    for_each_possible_cpu: eachCpu,
    for_each_present_cpu: eachCpu,
  },
};
