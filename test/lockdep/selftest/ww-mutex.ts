/**
 * The wound/wait mutex as lockdep and DEBUG_WW_MUTEXES see it, for a task that never sleeps: a lock
 * that another context has either kills the one who asks, or is not asked for.
 *
 * Follows kernel/locking/ww_mutex.h, `__mutex_lock_common()` of kernel/locking/mutex.c and
 * include/linux/ww_mutex.h.
 */
import type { LockdepMap } from "../../../lib/index.js";
import type { OneTask } from "../one-task.js";

/** What taking a lock returns. */
export type Taken = "taken" | "EALREADY" | "EDEADLK" | "busy";

/** `struct ww_acquire_ctx`. */
export interface WwContext {
  readonly map: LockdepMap;
  stamp: number;
  acquired: number;
  done: boolean;
  contending: WwMutex | null;
  /** `ww_class`: null for one that is not that of the locks. */
  sameClass: boolean;
}

/** `struct ww_mutex`. */
export interface WwMutex {
  readonly map: LockdepMap;
  locked: boolean;
  ctx: WwContext | null;
}

export class WwMutexes {
  readonly o: WwMutex;
  readonly o2: WwMutex;
  readonly o3: WwMutex;
  private contexts = 0;

  constructor(readonly t: OneTask) {
    const mutex = (id: string): WwMutex => ({
      map: t.lock(id, "mutex", { name: "ww_lockdep_mutex", key: "mutex_key" }),
      locked: false,
      ctx: null,
    });
    [this.o, this.o2, this.o3] = [mutex("o"), mutex("o2"), mutex("o3")];
  }

  private warnIf(condition: boolean, text: string, where: string): void {
    if (condition) this.t.lockdep.debug_locks_warn_on(text, where, [where]);
  }

  /** `ww_acquire_init()`. */
  init(): WwContext {
    const id = `ctx${++this.contexts}`;
    const map = this.t.lock(id, "mutex", {
      name: "ww_lockdep_acquire",
      key: "acquire_key",
      waitInner: 0,
    });
    this.t.take(map);
    const stamp = 100 + this.contexts;
    return { map, stamp, acquired: 0, done: false, contending: null, sameClass: true };
  }

  /** `ww_acquire_done()`. */
  done(ctx: WwContext): void {
    this.t.lockdep.lockdep_assert_held(ctx.map, ["ww_acquire_done"]);
    this.warnIf(ctx.done, "ctx->done_acquire", "ww_acquire_done");
    ctx.done = true;
  }

  /** `ww_acquire_fini()`. */
  fini(ctx: WwContext): void {
    this.t.drop(ctx.map);
    this.warnIf(ctx.acquired > 0, "ctx->acquired", "ww_acquire_fini");
  }

  /** `ww_mutex_lock_acquired()`. */
  private acquired(ww: WwMutex, ctx: WwContext): void {
    const where = "ww_mutex_lock_acquired";
    this.warnIf(ww.ctx !== null, "ww->ctx", where);
    this.warnIf(ctx.done, "ww_ctx->done_acquire", where);
    if (ctx.contending !== null) {
      this.warnIf(ctx.contending !== ww, "ww_ctx->contending_lock != ww", where);
      this.warnIf(ctx.acquired > 0, "ww_ctx->acquired > 0", where);
      ctx.contending = null;
    }
    this.warnIf(!ctx.sameClass, "ww_ctx->ww_class != ww->ww_class", where);
    ctx.acquired++;
    ww.ctx = ctx;
  }

  /** `__ww_mutex_check_kill()` of a wait-die class. */
  private isKilled(ww: WwMutex, ctx: WwContext): boolean {
    if (ctx.acquired === 0 || ww.ctx === null || ctx.stamp <= ww.ctx.stamp) return false;
    this.warnIf(ctx.contending !== null, "ww_ctx->contending_lock", "__ww_mutex_kill");
    ctx.contending = ww;
    return true;
  }

  /** `ww_mutex_lock()`; throws where it would sleep forever. */
  lock(ww: WwMutex, ctx: WwContext | null = null): Taken {
    if (ctx !== null && ww.ctx === ctx) return "EALREADY";
    if (ctx === null) this.t.take(ww.map);
    else this.t.takeUnder(ctx.map, ww.map);
    if (!ww.locked) {
      ww.locked = true;
      if (ctx !== null) this.acquired(ww, ctx);
      return "taken";
    }
    if (ctx === null || !this.isKilled(ww, ctx)) throw new Error("sleeps forever");
    this.t.drop(ww.map);
    return "EDEADLK";
  }

  /** `ww_mutex_lock_slow()`. */
  lockSlow(ww: WwMutex, ctx: WwContext): void {
    this.warnIf(ctx.contending === null, "!ctx->contending_lock", "ww_mutex_lock_slow");
    this.lock(ww, ctx);
  }

  /** `ww_mutex_trylock()` without a context. */
  trylock(ww: WwMutex): Taken {
    if (ww.locked) return "busy";
    ww.locked = true;
    this.t.trylock(ww.map);
    return "taken";
  }

  /** `ww_mutex_unlock()`. */
  unlock(ww: WwMutex): void {
    if (ww.ctx !== null) {
      this.warnIf(ww.ctx.acquired === 0, "!lock->ctx->acquired", "__ww_mutex_unlock");
      if (ww.ctx.acquired > 0) ww.ctx.acquired--;
      ww.ctx = null;
    }
    this.unlockBase(ww);
  }

  /** `mutex_lock(&ww->base)`: the mutex alone, whatever its context. */
  lockBase(ww: WwMutex, nest: LockdepMap | null = null): void {
    if (nest === null) this.t.take(ww.map);
    else this.t.takeUnder(nest, ww.map);
    ww.locked = true;
  }

  /** `mutex_unlock(&ww->base)`. */
  unlockBase(ww: WwMutex): void {
    this.t.drop(ww.map);
    ww.locked = false;
  }
}
