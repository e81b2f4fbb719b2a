import { expect, it } from "vitest";
import {
  direct,
  raw_spin_lock,
  raw_spinlock,
  scenario,
  thread,
  translate,
} from "../../../lib/machine/index.js";

const lock = raw_spinlock("lock");
const model = translate(
  scenario("one", { sizes: { cpu: 1 }, processes: [thread("task", 0, [raw_spin_lock(lock)])] }),
);

it("runs a process as far as it can", () => {
  expect(direct(model, [{ run: "task" }])).toHaveLength(1);
});

it("names the processes that there are, where one is directed that is not", () => {
  expect(() => direct(model, [{ run: "tasks" }])).toThrow(
    'no process is called "tasks"; did you mean task?',
  );
  expect(() => direct(model, [{ run: "device0" }])).toThrow("there are task");
});
