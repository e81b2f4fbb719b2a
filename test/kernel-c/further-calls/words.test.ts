import { expectVerdicts, one } from "./expect-verdicts.js";

expectVerdicts("words and states", [
  [
    "the bits of a word have the first value of the word",
    `${one}struct dev { unsigned long flags; };
static unsigned long a = 6;
static struct dev d[2] = { { .flags = 1 }, { .flags = 2 } };
static void f(void) { BUG_ON(test_bit(0, &a)); BUG_ON(!test_bit(1, &a)); BUG_ON(!test_bit(2, &a)); BUG_ON(!test_bit(0, &d[0].flags)); BUG_ON(test_bit(1, &d[0].flags)); BUG_ON(!test_bit(1, &d[1].flags)); }`,
    "safe",
    "silent",
  ],
  [
    "the states of tasks are different numbers",
    `${one}static void f(void) { set_current_state(TASK_UNINTERRUPTIBLE); BUG_ON(current->__state == TASK_INTERRUPTIBLE); BUG_ON(current->__state == TASK_RUNNING); __set_current_state(TASK_RUNNING); }`,
    "safe",
    "silent",
  ],
]);
