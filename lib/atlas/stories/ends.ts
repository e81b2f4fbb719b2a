/** Threads that are waited for at their ends, that meet at a barrier, that hand values on through queues. */
import {
  type Scenario,
  type Statement,
  add,
  at,
  barrier,
  barrier_wait,
  eq,
  fifo_receive,
  fifo_send,
  int,
  join,
  kfifo,
  kthread,
  kthread_should_stop,
  kthread_stop,
  mutex,
  mutex_lock,
  mutex_unlock,
  not,
  scenario,
  set,
  thread,
  variable,
  while_,
} from "../../machine/index.js";
import { type Story, type StoryOptions, bad, safe, title } from "./story.js";

const count = variable("count", int(0, 2));
const seen = variable("seen", int(0, 2), { per: [2] });
const lock = mutex("count->lock");

/** Returns two threads that add to one count, and one that waits for both; `fixed`, under a mutex. */
export function lostUpdate(options: StoryOptions = {}): Scenario {
  const adds = (me: number): readonly Statement[] => {
    const once = [set(at(seen, me), count), set(count, add(at(seen, me), 1))];
    return options.fixed ? [mutex_lock(lock), ...once, mutex_unlock(lock)] : once;
  };
  return scenario(title("a count that two threads add to", options), {
    sizes: {},
    finally: { "both were counted": eq(count, 2) },
    processes: [thread("A", adds(0)), thread("B", adds(1)), thread("main", [join("A"), join("B")])],
  });
}

const requests = kfifo("requests", int(0, 1), 1);
const replies = kfifo("replies", int(0, 1), 1);
const got = variable("got", int(0, 1), { per: [2] });

/** Returns a client that sends all its requests before it takes a reply; `fixed`, one reply after each. */
export function queuesFullBothWays(options: StoryOptions = {}): Scenario {
  const send = fifo_send(requests, 1);
  const reply = fifo_receive(replies, at(got, 0));
  const serve = [fifo_receive(requests, at(got, 1)), fifo_send(replies, 1)];
  const client = options.fixed
    ? [send, reply, send, reply, send, reply, send, reply]
    : [send, send, send, send, reply, reply, reply, reply];
  return scenario(title("two queues that are full", options), {
    sizes: {},
    processes: [
      thread("client", client),
      thread("server", [...serve, ...serve, ...serve, ...serve]),
    ],
  });
}

const phase = barrier("phase", 3);

/** Returns threads that meet at a barrier, one of which does not come again; `fixed`, all come as often. */
export function barrierLeft(options: StoryOptions = {}): Scenario {
  const twice = [barrier_wait(phase), barrier_wait(phase)];
  return scenario(title("a barrier that one leaves", options), {
    sizes: {},
    processes: [
      thread("A", twice),
      thread("B", twice),
      thread("C", options.fixed ? twice : [barrier_wait(phase)]),
    ],
  });
}

const worker = kthread("worker");

/** Returns a thread that is stopped under the mutex which it takes; `fixed`, before that is taken. */
export function stopUnderLock(options: StoryOptions = {}): Scenario {
  const locked = (...body: readonly Statement[]) => [mutex_lock(lock), ...body, mutex_unlock(lock)];
  const stop = options.fixed ? [kthread_stop(worker), ...locked()] : locked(kthread_stop(worker));
  return scenario(title("a thread that is stopped under its lock", options), {
    sizes: {},
    processes: [
      thread("worker", [while_(not(kthread_should_stop(worker)), locked())]),
      thread("stop", stop),
    ],
  });
}

const fixed = { fixed: true };

/** The stories of ends and meetings. */
export const endStories: readonly Story[] = [
  bad("lost-update", lostUpdate(), "assert", [22, 6]),
  safe("lost-update-fixed", lostUpdate(fixed), 25),
  bad("queues", queuesFullBothWays(), "deadlock", [8, 5]),
  safe("queues-fixed", queuesFullBothWays(fixed), 17),
  bad("barrier", barrierLeft(), "deadlock", [18, 7]),
  safe("barrier-fixed", barrierLeft(fixed), 29),
  bad("kthread-stop", stopUnderLock(), "deadlock", [10, 2]),
  safe("kthread-stop-fixed", stopUnderLock(fixed), 10),
];
