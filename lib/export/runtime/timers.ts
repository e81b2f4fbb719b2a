/** Timers that end with the cell that set them: nothing of a cell goes on behind the next one. */

/** The part of a global scope that sets timers. */
export interface TimerScope {
  setTimeout: (act: () => void, milliseconds?: number) => unknown;
  setInterval: (act: () => void, milliseconds?: number) => unknown;
  clearTimeout: (timer: unknown) => void;
  clearInterval: (timer: unknown) => void;
  /** Not every worker has these two. */
  requestAnimationFrame?: (act: () => void) => unknown;
  cancelAnimationFrame?: (frame: unknown) => void;
}

/** Puts timers of its own into the scope and returns what ends all that are set. */
export function installTimers(scope: TimerScope): () => void {
  const { clearTimeout, clearInterval } = scope;
  const running = new Map<unknown, (timer: unknown) => void>();
  const counted = (
    set: TimerScope["setTimeout"],
    clear: (timer: unknown) => void,
  ): TimerScope["setTimeout"] =>
    function (act, milliseconds, ...values: readonly unknown[]) {
      const timer: unknown = Reflect.apply(set, scope, [act, milliseconds, ...values]);
      running.set(timer, clear);
      return timer;
    };
  scope.setTimeout = counted(scope.setTimeout, clearTimeout);
  scope.setInterval = counted(scope.setInterval, clearInterval);
  const { requestAnimationFrame, cancelAnimationFrame } = scope;
  if (requestAnimationFrame !== undefined && cancelAnimationFrame !== undefined) {
    scope.requestAnimationFrame = counted(requestAnimationFrame, cancelAnimationFrame);
  }
  return () => {
    for (const [timer, clear] of running) Reflect.apply(clear, scope, [timer]);
    running.clear();
  };
}
