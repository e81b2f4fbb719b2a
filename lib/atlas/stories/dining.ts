/** Dining philosophers: Dijkstra, EWD 310 (1971); each takes the left fork, then the right. */
import {
  type Process,
  type Scenario,
  assign,
  at,
  bool,
  eq,
  forever,
  scenario,
  step,
  thread,
  variable,
} from "../../machine/index.js";

const fork = (count: number) => variable("fork", bool, { per: [count] });

/** Returns `n` philosophers who take and put back in four steps: 3^n - 1 states, one a deadlock. */
export function dining(n: number): Scenario {
  const forks = fork(n);
  return table(`dining philosophers, ${String(n)}`, n, (left, right) => [
    take("left", forks, left),
    take("right", forks, right),
    put("left", forks, left),
    put("right", forks, right),
  ]);
}

/** Returns `n` philosophers who also think and eat, each a step of its own. */
export function diningSixSteps(n: number): Scenario {
  const forks = fork(n);
  return table(`dining philosophers of six steps, ${String(n)}`, n, (left, right) => [
    step("think"),
    take("left", forks, left),
    take("right", forks, right),
    step("eat"),
    put("left", forks, left),
    put("right", forks, right),
  ]);
}

function table(
  name: string,
  n: number,
  body: (left: number, right: number) => Parameters<typeof forever>[0],
): Scenario {
  const processes = Array.from({ length: n }, (_, i): Process =>
    thread(`P${String(i)}`, i, [forever(body(i, (i + 1) % n))]),
  );
  return scenario(name, { sizes: { cpu: n }, processes });
}

const take = (which: string, forks: ReturnType<typeof fork>, i: number) =>
  step(`take ${which}`, { when: eq(at(forks, i), 0), then: [assign(at(forks, i), true)] });

const put = (which: string, forks: ReturnType<typeof fork>, i: number) =>
  step(`put ${which}`, { then: [assign(at(forks, i), false)] });
