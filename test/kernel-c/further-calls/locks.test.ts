import { expectVerdicts, one, two } from "./expect-verdicts.js";

expectVerdicts("locks", [
  [
    "spin_is_contended(): open, so that both ways are taken",
    `${two}static DEFINE_SPINLOCK(l);
static int x; /* 0..1 */
static void f(void) { spin_lock(&l); if (spin_is_contended(&l)) x = 1; spin_unlock(&l); }
static void g(void) { spin_lock(&l); BUG_ON(x); spin_unlock(&l); }`,
    "assert",
    "silent",
  ],
  [
    "cond_resched_rwlock_write(): others come in between",
    `${two}static DEFINE_RWLOCK(l);
static int x; /* 0..1 */
static void f(void) { write_lock(&l); x = 1; cond_resched_rwlock_write(&l); x = 0; write_unlock(&l); }
static void g(void) { read_lock(&l); BUG_ON(x); read_unlock(&l); }`,
    "assert",
    "silent",
  ],
  [
    "rwsem_is_locked() holds for its readers",
    `${one}static DECLARE_RWSEM(s);
static void f(void) { BUG_ON(rwsem_is_locked(&s)); down_read(&s); BUG_ON(!rwsem_is_locked(&s)); up_read(&s); down_write(&s); BUG_ON(!rwsem_is_locked(&s)); up_write(&s); }`,
    "safe",
    "silent",
  ],
  [
    "down_read_non_owner(): dropped by another, of which lockdep knows nothing",
    `${two}static DECLARE_RWSEM(s);
static DECLARE_COMPLETION(c);
static void f(void) { down_read_non_owner(&s); complete(&c); }
static void g(void) { wait_for_completion(&c); up_read_non_owner(&s); down_write(&s); up_write(&s); }`,
    "safe",
    "silent",
  ],
  [
    "down_read_non_owner() twice, a writer between: a deadlock that lockdep is not told of",
    `${two}static DECLARE_RWSEM(s);
static void f(void) { down_read_non_owner(&s); down_read_non_owner(&s); up_read_non_owner(&s); up_read_non_owner(&s); }
static void g(void) { down_write(&s); up_write(&s); }`,
    "deadlock",
    "silent",
  ],
  [
    "down_write_killable_nested()",
    `/* lab: signals */\n${one}static struct rw_semaphore s[2];
static void f(void) { down_write(&s[0]); if (down_write_killable_nested(&s[1], 1) == 0) up_write(&s[1]); up_write(&s[0]); }`,
    "safe",
    "silent",
  ],
  [
    "percpu_down_read_trylock() fails while a writer is there",
    `${two}static DEFINE_PERCPU_RWSEM(s);
static int x; /* 0..1 */
static void f(void) { percpu_down_write(&s); x = 1; x = 0; percpu_up_write(&s); }
static void g(void) { if (percpu_down_read_trylock(&s)) { BUG_ON(x); percpu_up_read(&s); } }`,
    "safe",
    "silent",
  ],
  [
    "cpus_read_trylock() and lockdep_assert_cpus_held()",
    `${one}static void f(void) { if (cpus_read_trylock()) { lockdep_assert_cpus_held(); cpus_read_unlock(); } lockdep_assert_cpus_held(); }`,
    "safe",
    "warn",
  ],
  [
    "rt_mutex_lock_nested() and rt_mutex_is_locked()",
    `${one}static struct rt_mutex m[2];
static void f(void) { rt_mutex_lock(&m[0]); rt_mutex_lock_nested(&m[1], 1); BUG_ON(!rt_mutex_is_locked(&m[1])); rt_mutex_unlock(&m[1]); rt_mutex_unlock(&m[0]); }`,
    "safe",
    "silent",
  ],
  [
    "hlist_bl_lock(): two heads in two orders, of which lockdep knows nothing",
    `${two}static struct hlist_bl_head a, b;
static void f(void) { hlist_bl_lock(&a); hlist_bl_lock(&b); hlist_bl_unlock(&b); hlist_bl_unlock(&a); }
static void g(void) { hlist_bl_lock(&b); hlist_bl_lock(&a); hlist_bl_unlock(&a); hlist_bl_unlock(&b); }`,
    "deadlock",
    "silent",
  ],
  [
    "hlist_bl_add_head() under its bit",
    `${two}struct foo { struct hlist_bl_node node; int n; /* 0..1 */ };
static struct foo x, y;
static struct hlist_bl_head head;
static void add(struct foo *of) { hlist_bl_lock(&head); hlist_bl_add_head(&of->node, &head); hlist_bl_unlock(&head); }
static void f(void) { add(&x); }
static void g(void) { struct foo *p; struct hlist_bl_node *pos; add(&y); hlist_bl_lock(&head); hlist_bl_for_each_entry(p, pos, &head, node) { p->n = 1; } hlist_bl_unlock(&head); }`,
    "safe",
    "silent",
  ],
  [
    "hlist_bl_add_head() without it",
    `${two}struct foo { struct hlist_bl_node node; };
static struct foo x, y;
static struct hlist_bl_head head;
static void f(void) { hlist_bl_add_head(&x.node, &head); }
static void g(void) { hlist_bl_lock(&head); hlist_bl_add_head(&y.node, &head); hlist_bl_unlock(&head); }`,
    "corruption",
    "silent",
  ],
  [
    "xa_lock_irq() in two orders",
    `${two}static struct xarray a;
static DEFINE_SPINLOCK(l);
static void f(void) { xa_lock_irq(&a); spin_lock(&l); spin_unlock(&l); xa_unlock_irq(&a); }
static void g(void) { spin_lock(&l); xa_lock(&a); xa_unlock(&a); spin_unlock(&l); }`,
    "deadlock",
    "circular",
  ],
  [
    "dma_resv_lock(), two buffers in two orders without a context",
    `${two}static struct dma_resv a, b;
static void init(void) { dma_resv_init(&a); dma_resv_init(&b); }
static void f(void) { dma_resv_lock(&a, NULL); dma_resv_lock(&b, NULL); dma_resv_unlock(&b); dma_resv_unlock(&a); }
static void g(void) { dma_resv_lock(&b, NULL); dma_resv_lock(&a, NULL); dma_resv_unlock(&a); dma_resv_unlock(&b); }`,
    "deadlock",
    "recursive",
  ],
  [
    "folio_lock() and filemap_invalidate_lock() in two orders",
    `${two}static struct folio folio;
static struct address_space mapping;
static void f(void) { folio_lock(&folio); filemap_invalidate_lock(&mapping); filemap_invalidate_unlock(&mapping); folio_unlock(&folio); }
static void g(void) { filemap_invalidate_lock_shared(&mapping); folio_lock(&folio); folio_unlock(&folio); filemap_invalidate_unlock_shared(&mapping); }`,
    "deadlock",
    "silent",
  ],
  [
    "i_mmap_lock_write() and lock_buffer() in two orders",
    `${two}static struct buffer_head bh;
static struct address_space mapping;
static void f(void) { lock_buffer(&bh); i_mmap_lock_write(&mapping); i_mmap_unlock_write(&mapping); unlock_buffer(&bh); }
static void g(void) { i_mmap_lock_read(&mapping); lock_buffer(&bh); unlock_buffer(&bh); i_mmap_unlock_read(&mapping); }`,
    "deadlock",
    "silent",
  ],
]);
