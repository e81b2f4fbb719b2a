// lab: thread f on 0
// lab: thread g on 1
typedef struct { spinlock_t lock; atomic_t refs; } obj_t;
typedef unsigned int u_int_t;
static obj_t o = { .refs = ATOMIC_INIT(1) };
static u_int_t q; /* 0..3 */
static inline __attribute__((always_inline)) void get(obj_t *p) { atomic_inc(&p->refs); }
static inline bool put(obj_t *p) { return atomic_dec_and_test(&p->refs); }
static void f(void) { get(&o); if (put(&o)) q = 1; }
static void g(void) { if (put(&o)) { q = 1; } }
