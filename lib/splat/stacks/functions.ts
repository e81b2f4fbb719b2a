/**
 * The functions of a stack that are nobody's own: of lockdep and of warnings, those that take a
 * lock, those that take it for a caller, and those through which code is entered.
 *
 * Data, one list a role; a name counts without what a compiler added (`.isra.0`, `.cold`).
 */

const anyOf = (names: string): string => names.trim().split(/\s+/).join("|");
const pattern = (names: string): RegExp => new RegExp(`^(?:${anyOf(names)})$`);

/** Lockdep, the tracing of interrupts, and what prints, warns and panics (kernel/locking/lockdep.c, lib/dump_stack.c, kernel/panic.c). */
export const reporting = pattern(String.raw`
  __lock_acquire lock_acquire(?:_\w+)? lock_contended lock_acquired add_lock_to_list\S* add_chain_\w+ __lock_release lock_release lock_is_held\w* lock_set_\w+ lock_downgrade lock_pin_lock
  check_(?:prev_add|prevs_add|deadlock|noncircular|path|irq_usage|usage|usage_\w+|wait_context|redundant|chain_key|flags|core\w*|forwards|backwards)
  validate_chain mark_(?:lock\w*|usage|held_locks) print_\w+ valid_state reacquire_held_locks register_lock_class look_up_lock_class lookup_chain_cache\w*
  assign_lock_key verify_lock_unused __?bfs_?\w* find_held_lock match_held_lock save_trace stack_trace_save\w* lockdep_\w+ __lockdep_\w+
  _*trace_(?:hard|soft)irqs_\w+ trace_(?:hard|soft)irqs_\w+ _*lockdep_(?:hard|soft)irqs_\w+ tracer_(?:hard|soft)irqs_\w+
  __trace_\w+irqs_\w+ time_hardirqs_\w+ debug_check_no_\w+ debug_show_\w+
  dump_stack\w* __dump_stack show_stack\w* show_trace\w* _*show_regs\w* dump_backtrace\w* dump_header unwind_\w+ walk_stackframe\w* arch_stack_walk\w* save_stack_trace\w* kernel_stack_\w+
  _*might_sleep(?:_\w+)? __might_resched ___might_sleep rcu_sleep_check rcu_lockdep_\w+
  return_to_handler ftrace_\w+ prepare_ftrace_return function_trace_\w+
  panic vpanic check_panic_on_warn nmi_panic __warn\w* warn_slowpath_\w+ _*report_bug\w* __report_bug fixup_bug\w* handle_bug exc_invalid_op asm_exc_invalid_op
  do_invalid_op invalid_op do_error_trap do_trap\w* die die_\w+ __die\w* bug_handler brk_handler call_break_hook do_debug_exception el1_brk64 el1_dbg el1h_64_sync\w* el1_sync\w*
  spin_bug rwlock_bug spin_dump
`);

/** What takes a lock; the innermost of them says how it is taken. */
export const acquiring = pattern(String.raw`
  _*raw_(?:spin|read|write)_(?:try)?lock\w* _*(?:spin|read|write)_(?:try)?lock\w* do_raw_\w+lock\w* queued_\w+lock\w* native_queued_\w+ pv_queued_\w+ arch_spin_\w+ ticket_spin_lock
  _*mutex_(?:try)?lock\w* __mutex_fastpath_lock _*mutex_optimistic_spin _*ww_mutex_(?:try)?lock\w* _*rt_(?:mutex|spin|read|write)_\w*lock\w* rtlock_slowlock\w* rt_mutex_slow\w*
  _*down_(?:read|write)\w* _*down(?:_(?:interruptible|killable|trylock|timeout|common))? rwsem_\w+ _*rwbase_\w+ call_rwsem_\w+ rwsem_down_\w+ downgrade_write
  _*percpu_down_\w+ percpu_rwsem_\w+ cpus_(?:read|write)_(?:try)?lock get_online_cpus cpu_hotplug_begin lock_sock\w* _*bh_lock_sock\w* __lock_sock\w*
  _*wait_for_common\w* wait_for_completion\w* do_wait_for_common __wait_for_common
  rcu_read_lock\w* rcu_lock_acquire rcu_try_lock_acquire _*srcu_read_lock\w* srcu_lock_acquire srcu_lock_sync __srcu_lock
  seqcount_lockdep_reader_access do_write_seqcount_begin\w* do_write_seqbegin\w* write_seqlock\w* read_seqlock\w* _*local_lock\w* local_lock_acquire\w* local_trylock\w*
  class_\w+_constructor guard_\w+ ldsem_down_\w+ _*ldsem_down_\w+ bit_spin_lock hlist_bl_lock lock_map_acquire\w* percpu_ref_\w+
`);

/**
 * What takes a lock, allocates, waits, wakes or prints on behalf of a caller, who is the one to
 * look at. The generic names (`x_lock()`, `lock_x()`) are wrappers by convention.
 */
export const helping = pattern(String.raw`
  \w+_(?:un|try)?lock \w+_lock_(?:mtx|spin|raw_?spin|nested|irq|irqsave|bh|killable|interruptible|shared|shared_nested|fast|slow|read|write|all\w*|class|sched|op|start|single|held|two|bal\w*|inner|ctx) lock_\w+ \w+_lock_\w*nested(?:_\w+)? ww_acquire_\w+ sget(?:_fc|_dev)? alloc_super remove_files device_remove_(?:attrs|file|groups|bin_file|class_symlinks)\w* device_(?:del|unregister|destroy|add|register|create)\w* platform_device_(?:del|unregister|add|register)\w* cdev_device_(?:add|del) device_create_file\w* _*regmap_\w+ clk_(?:core_)?(?:un)?prepare\w* clk_(?:core_)?(?:en|dis)able(?:_lock|_unprepare)? _*pm_runtime_\w+ _*rpm_\w+ copy_(?:safe_)?(?:from|to)_(?:sock|b)ptr\w* _*skb_(?:copy_)?datagram_iter\w* simple_copy_to_iter __dma_fence_might_wait kvasprintf\w* kasprintf\w* kobject_set_name\w* dev_set_name \w+_unlock_(?:irq\w*|bh|shared|read|write|nested|all) unlock_\w+
  rtnl_net_lock\w* inode_lock\w* inode_trylock\w* filemap_invalidate_lock\w* i_mmap_(?:try)?lock_\w+ anon_vma_(?:try)?lock_\w+ mmap_(?:read|write)_\w*lock\w* get_mmap_lock_carefully vma_start_(?:read|write)\w* __mmap_\w+
  __might_fault might_fault _*might_alloc\w* fs_reclaim_\w+ __fs_reclaim_\w+ might_lock\w*
  _*kmalloc\w* kzalloc\w* kcalloc\w* kmemdup\w* kstrdup\w* kvmalloc\w* _*kvmalloc\w* krealloc\w* kmem_cache_\w+ _*kmem_cache_\w+ kmem_zone_\w+ _*slab_(?!attr_)\w+ _*do_kmalloc\w* _*alloc_pages\w* _*alloc_frozen_pages\w* alloc_page\w* pagecache_get_page\w* _*filemap_get_folio\w* filemap_alloc_folio\w* grab_cache_page\w* find_or_create_page __?alloc_object\w* _*create_object\w* kmemleak_\w+ mem_pool_alloc mempool_alloc\w* pcpu_\w+ get_zeroed_page\w* __get_free_pages prepare_alloc_pages\w* _*folio_alloc(?:_(?:noprof|mpol\w*|node))? _*vmalloc\w* vzalloc\w* __vmalloc_\w+ devm_k\w+ should_failslab pcpu_alloc\w* __alloc_percpu\w* kasan_\w+ __kasan_\w+ kmsan_\w+ stack_depot_\w+ _*stack_depot_\w+ (?:un)?poison_(?:slab|kmalloc|page)\w* rmqueue\w* _*rmqueue\w* get_page_from_freelist free_unref_\w+ free_(?:pcppages|one_page|frozen)\w* _*free_(?:pages|frozen_pages)\w* _*folio_put\w* ___slab_alloc __unfreeze_partials put_cpu_partial get_(?:any_)?partial\w* _*alloc_skb\w* _*netdev_alloc_skb\w* _*napi_alloc_skb\w* sock_alloc_send_\w+ sock_wmalloc _*debug_object_\w+ debug_(?:timer|hrtimer|work|object|rcu)_\w+ fill_pool __fill_pool ___?ratelimit
  ___cache_free cache_free\w* free_debug_processing alloc_debug_processing free_to_partial_list barn_\w+ _*pcs_\w+ alloc_from_pcs\w* free_to_pcs\w* \w+_sheaf\w* qlink_free\w* qlist_free\w* deactivate_slab\w* put_cpu_partial\w* save_stack _*(?:re)?set_page_owner\w* post_alloc_hook prep_new_page z?alloc_cpumask_var\w* _*get_free_pages\w* vma_alloc_\w+ alloc_anon_folio do_read_cache_(?:folio|page)\w* read_cache_(?:folio|page)\w* bio_alloc\w* bio_clone\w* _*call_rcu\w* kvfree_call_rcu\w* kfree_rcu\w* call_srcu __(?:msan|asan|tsan)_\w+
  _*handle_mm_fault handle_pte_fault do_anonymous_page faultin_page _*get_user_pages\w* trace_graph_(?:return|entry)
  copy_from_user copy_to_user _*copy_(?:from|to)_user\w* copyin copyout _*get_user\w* _*put_user\w* strncpy_from_user strnlen_user raw_copy_\w+ _copy_(?:from|to)_iter\w* copy_page_(?:from|to)_iter\w* fault_in_\w+ iov_iter_fault_in_\w+ rep_movs_\w+ _*copy_user_\w+ _*arch_copy_\w+ _*clear_user\w* (?:asm_)?exc_page_fault do_user_addr_fault handle_page_fault _*do_page_fault do_translation_fault do_mem_abort el1_abort lock_mm_and_find_vma bad_area\w* mm_fault_error page_fault iomap_write_begin_atomic kernel_write kernel_read getname_kernel kern_path\w* alloc_inode new_inode\w* iget_locked iget5_locked\w* d_alloc\w* __d_alloc filldir\w* compat_filldir\w* fillonedir verify_dirent_name dir_emit\w* start_dirop\w* start_creating\w* lookup_(?:one|positive|noperm)\w* __?debugfs_\w+ debugfs_(?:create|lookup|remove|rename)\w* end_dirop end_creating\w* __start_dirop _*xas_\w+ _*xa_\w+ radix_tree_\w+ _*radix_tree_\w+ idr_\w+ ida_\w+ percpu_counter_\w+ _*percpu_counter_\w+ _*skb_(?:queue|dequeue|unlink|append|insert)\w* notifier_call_chain\w* _*(?:blocking|raw|atomic|srcu)_notifier_call_chain\w* call_netdevice_notifiers\w*
  cpus_\w+lock\w* static_key_(?:enable|disable)\w* static_key_slow_\w+ (?:_*jump_label_)(?:update|lock)\w* stop_machine\w*
  _*sb_start_\w+ sb_start_\w+ _*mnt_want_write\w* mnt_want_write\w* file_start_write kiocb_start_write file_update_time\w* percpu_\w+read\w*
  pipe_lock\w* pipe_double_lock _*pipe_lock\w* console_lock console_trylock\w* _*down_trylock_console_sem\w* _*down_console_sem kernfs_get_active\w* kernfs_drain\w* __kernfs_remove\w* kernfs_break_active\w*
  f2fs_down_(?:read|write)\w* f2fs_lock_op xfs_ilock\w* xfs_buf_lock\w* xfs_lock_\w+ btrfs_\w*(?:tree|root)\w*_lock\w* _*btrfs_(?:read_)?lock_root_node btrfs_search_slot\w* btrfs_lock_\w+ btrfs_(?:tree_)?read_lock\w* btrfs_maybe_reset_lockdep_class
  _*jbd2_\w*journal_start\w* jbd2_\w*start\w* start_this_handle start_transaction wait_transaction_locked add_transaction_credits _*ext4_journal_(?:start|stop|ensure|restart|check_start)\w* xfs_trans_(?:alloc|reserve|roll)\w* wait_on_commit jbd2_log_wait_commit jbd2_complete_transaction jbd2_journal_(?:lock_updates|flush|force_commit\w*) ocfs2_inode_lock\w* ocfs2_start_trans reiserfs_write_lock\w* gfs2_glock_\w+ hfs_find_init hfsplus_find_init
  task_rq_lock _*task_rq_lock raw_spin_rq_lock\w* rq_lock\w* _*rq_lock\w* double_(?:rq_)?lock\w* lock_task_sighand _*lock_task_sighand lock_timer_base\w* lock_hrtimer_base\w*
  device_lock\w* __device_driver_lock drm_modeset_lock\w* modeset_lock\w* drm_modeset_acquire_\w+ dma_resv_lock(?!dep)\w* ttm_bo_reserve\w* tty_lock\w* tty_ldisc_ref_wait tty_ldisc_lock\w* _*tty_ldisc_lock\w* snd_pcm_\w*stream_lock\w* _*snd_pcm_stream_lock\w* snd_pcm_group_lock\w* netif_\w*addr_lock\w* netif_tx_lock\w* _*netif_tx_lock\w* netdev_\w*lock\w* genl_\w*lock\w* nfnl_\w*lock\w*
  _*blk_queue_enter bio_queue_enter _*bio_queue_enter blk_mq_(?:un)?freeze_queue\w* _*blk_(?:un)?freeze_queue\w* blk_enter_queue\w* blk_mq_quiesce_\w+ blk_mq_alloc_request\w* blk_get_request _*scsi_execute\w* super_lock\w*
  v?printk\w* _printk vprintk\w* printk_\w+ _*vprintk\w* _?dev_(?:printk|err|warn|info|notice|crit|vprintk\w*|printk\w*) _*dev_printk _dev_\w+ _*netdev_printk netdev_\w+print\w* printk_deferred\w* console_unlock console_flush_\w+ console_emit_\w+ console_cond\w* _*console_unlock _*console_flush_\w+ call_console_drivers\w* wake_up_klogd\w* defer_console_output __up_console_sem\w* nbcon_\w+ __wake_up_klogd\w*
  try_to_wake_up wake_up_\w+ _*wake_up\w* default_wake_function autoremove_wake_function woken_wake_function ttwu_\w+ rcuwait_wake_up swake_up_\w+ complete(?:_all|_with_flags\w*|_on_current_cpu)? _*complete\w* __?up(?:_\w+)? up(?:_(?:read|write))? wake_q_\w+ _*swait_\w+ __queue_work queue_work\w* queue_\w+work\w* insert_work pwq_\w+ kick_pool create_worker\w* mod_delayed_work\w* _*queue_delayed_work\w* schedule_work\w* mod_timer\w* _*mod_timer\w* add_timer\w* hrtimer_start\w* _*hrtimer_start\w* __irq_work_\w+ irq_work_\w+ ep_poll_callback
  _*flush_work\w* _*flush_workqueue flush_\w*workqueue drain_workqueue destroy_workqueue start_flush_work\w* touch_(?:work|wq)_lockdep_map touch_\w+ _*cancel_work\w* cancel_\w*work\w* _*cancel_\w*work\w* check_flush_dependency flush_delayed_work\w* kthread_(?:flush|cancel)_\w+ del_timer_sync timer_delete_sync\w* _*timer_delete_sync\w* try_to_del_timer\w* timer_shutdown_sync\w* hrtimer_cancel\w* del_singleshot_timer_sync tasklet_(?:kill|disable|unlock)\w*
  synchronize_\w+ _*synchronize_\w+ rcu_barrier\w* _*wait_rcu_gp wait_rcu_gp\w* rcu_gp_\w+ srcu_\w+ _*srcu_\w+
  _*mutex_unlock\w* _*raw_(?:spin|read|write)_unlock\w* _*(?:spin|read|write)_unlock\w* rt_(?:spin|read|write)_\w+ _*local_bh_(?:enable|disable)\w* preempt_\w+ _*preempt_\w+ _*rcu_read_unlock\w* local_irq_\w+ raw_local_irq_\w+ arch_local_\w+ _cond_resched __cond_resched cond_resched dynamic_cond_resched
  _*schedule(?:_\w+)? io_schedule\w* preempt_schedule\w* _*wait_on_\w+ wait_on_\w+ _*bit_wait\w* bit_wait\w* out_of_line_wait\w* prepare_to_wait\w*
  kfree\w* kvfree\w* vfree __kfree\w* kill_fasync fuse_lock_\w+ \w+_lock_inode\w* (?:un)?register_\w*notifier\w* _*(?:blocking|raw|atomic|srcu)_notifier_chain_(?:un)?register\w* pm_notifier_call_chain\w* freq_qos_\w+_notifier (?:devm_)?regulator_(?:un)?register_notifier clk_bulk_\w+ eventfd_signal\w* _*alloc_workqueue\w* submit_bh\w* blk_try_enter_queue snd_ctl_add\w* _*ieee80211_iterate_\w+ usb_(?:de)?register_dev of_node_(?:get|put) (?:genpd_)?dev_pm_domain_attach\w* _*genpd_dev_pm_attach\w* (?:un)?register_shrinker\w* shrinker_(?:alloc|register|free)\w* tracepoint_probe_\w+ __kernfs_new_node kernfs_new_node kernfs_create_\w+ __kernfs_create_\w+ kernfs_add_one _*sysfs_create_\w+ sysfs_add_\w+ internal_create_group\w* create_files create_dir kobject_add\w* kobject_init_and_add kobject_create_and_add sockopt_(?:lock|release)_sock sb_wait_write wait_current_trans\w* join_transaction _*btrfs_end_transaction btrfs_(?:start|join|attach)_transaction\w* apply_to_(?:\w+_range|page_range) regmap_(?:un)?lock_\w+ _*kobject_del sysfs_(?:un)?merge_group tasklet_lock_callback rhashtable_\w+ rhltable_\w+ bucket_table_\w+ rht_\w+ _*gup_\w+ internal_get_user_pages\w* pin_user_pages\w* get_user_pages\w* faultin_\w+ fixup_user_fault pci_(?:un)?lock_rescan_remove work_on_cpu\w* devm_device_add_groups? devm_device_create_group device_add_groups? device_create_file klist_\w+ (?:device|driver|class|bus)_for_each_\w+ crypto_create_tfm\w* crypto_alloc_\w+ crypto_alg_(?:mod_)?lookup crypto_larval_\w+ _*request_module
  _*sk_(?:destruct|free|prot_free)\w* sock_put sock_wfree _*kfree_skb\w* consume_skb skb_release\w* (?:add|remove)_element init_timer_key do_init_timer housekeeping_\w+ _*block_write_(?:begin|full)\w* page_symlink __page_symlink vfs_iocb_iter_\w+ vfs_iter_\w+ assoc_array_\w+ vfs_get_super vfs_get_tree get_tree_(?:nodev|bdev|single|keyed)\w* fc_mount\w* vfs_kern_mount kern_mount\w* _*submit_bio\w* blk_mq_submit_bio kobject_uevent\w* uevent_net_broadcast\w* alloc_uevent_skb fiemap_fill_next_extent fiemap_prep regulator_lock\w* igrab file_path d_path d_absolute_path mempool_(?:init|create|resize)\w* sbitmap_(?:init|queue_init)\w* task_work_add vm_area_alloc\w* sock_set_\w+ (?:tcp|ip|ip6)_sock_set_\w+ kernel_(?:set|get)sockopt nilfs_transaction_begin kill_fasync_rcu _*irq_set_\w+ _*irq_do_set_handler _*irq_startup irq_enable irq_disable irq_shutdown enable_irq\w* disable_irq\w* _*iov_iter_\w+ _*bio_iov_iter_\w+ alloc_vmap_area\w* _*get_vm_area\w* _*ref_tracker_\w+ sock_k\w*alloc\w* _*list_lru_\w+ kernfs_remove\w* sysfs_remove_\w+ _*cpuhp_setup_state\w*
  new_slab allocate_slab alloc_slab_page kernfs_put kernfs_get_inode set_track debug_assert_init _*memcg_slab_post_alloc_hook obj_cgroup_charge\w* try_charge_memcg consume_(?:obj_)?stock _*refill_\w*stock drain_\w*stock _*memcg_kmem_charge_\w+ vb_alloc vm_map_ram vfree_atomic __vfree_deferred folio_batch_move_lru __folio_batch_add_and_move cond_accept_memory populate_vma_page_range __mm_populate enqueue_task activate_task select_task_rq release_sock __release_sock sk_error_report execute_in_process_context mem_cgroup_oom
  refcount_\w+ kref_\w+ kobject_(?:put|get|release|cleanup) atomic_dec_and_\w*lock\w* _*atomic_dec_and_\w*lock\w* refcount_dec_and_\w*lock\w* instrument_\w+ __raw_\w+ _raw_\w+ lockref_\w+
`);

/** What prints and writes to the console; who called it is the one that printed (kernel/printk/). */
export const printing = pattern(String.raw`
  v?printk\w* _printk _*vprintk\w* printk_\w+ _?dev_(?:printk|err|warn|info|notice|crit|vprintk\w*|printk\w*) _*dev_printk _dev_\w+ _*netdev_printk netdev_\w+print\w* console_unlock console_trylock\w* console_flush_\w+ console_emit_\w+ _*console_unlock _*console_flush_\w+ call_console_drivers\w* wake_up_klogd\w* defer_console_output _*down_trylock_console_sem\w* __up_console_sem\w* nbcon_\w+ legacy_kthread_\w+ console_lock_spinning_\w+ console_srcu_\w+ console_is_usable
`);

/** What a hard interrupt comes in through. */
export const hardirqs = pattern(String.raw`
  (?:asm_)?sysvec_\w+ __sysvec_\w+ asm_common_interrupt common_interrupt do_IRQ ret_from_intr handle_irq handle_irq_event handle_irq_event_percpu __handle_irq_event_percpu handle_(?!threaded_)\w+_irq generic_handle_\w+ smp_\w*interrupt smp_\w*ipi\w* \w*apic_timer_interrupt asm_call_irq_on_stack asm_call_sysvec_on_stack gic_handle_irq __gic_handle_irq el1\w*_irq\w* __irq_svc do_ext_irq do_irq do_irq_handle handle_domain_irq handle_arch_irq
  hrtimer_interrupt __hrtimer_run_queues __run_hrtimer do_interrupt_handler do_interrupt_handler call_on_irq_stack flush_smp_call_function_queue __flush_smp_call_function_queue generic_smp_call_function_\w+ ipi_interrupt do_vm_irq local_apic_timer_interrupt call_function_interrupt reschedule_interrupt arch_timer_handler_\w+ tick_sched_\w+ tick_nohz_handler tick_handle_periodic update_process_times irq_work_run\w* irq_work_single
`);

/** What a softirq comes in through. */
export const softirqs = pattern(String.raw`
  __do_softirq do_softirq\w* handle_softirqs run_ksoftirqd irq_exit\w* __irq_exit_rcu invoke_softirq run_timer_softirq call_timer_fn __run_timers expire_timers __run_timer_base run_timer_base run_timers net_rx_action net_tx_action tasklet_\w*action\w* rcu_core\w* rcu_process_callbacks rcu_do_batch do_softirq_own_stack blk_done_softirq run_rebalance_domains
`);

/** What a work item is called from. */
export const works = pattern(
  `process_one_work process_scheduled_works worker_thread rescuer_thread`,
);

/** What a system call comes in through. */
export const syscalls = pattern(String.raw`
  entry_(?:SYSCALL|INT80|SYSENTER)\w* (?:__)?do_syscall\w* x64_sys_call ia32_sys_call syscall_\w+ __?do_sys_\w+ __do_compat_sys_\w+ __se_(?:compat_)?sys_\w+ __(?:x64|ia32|arm64|s390x?|x32|riscv|powerpc|loongarch|sys)_(?:compat_)?sys_\w+ __arm64_\w*sys_\w+ sys_\w+ SyS_\w+ SYSC_\w+ C_SYSC_\w+ compat_SyS_\w+ ksys_\w+ el0\w* invoke_syscall\w* system_call\w* ret_fast_syscall do_fast_syscall\w* do_int80\w* do_el0_svc el0_svc\w* tracesys\w* sysenter_\w+ ia32_\w+ cstar_\w+ int80_emulation handle_syscall handle_sys do_trap_ecall_u
`);

/** What starts a thread, or the kernel itself. */
export const threads = pattern(String.raw`
  kthread kthread_worker_fn ret_from_\w*fork\w* ret_from_kernel_(?:user_)?thread\w* __ret_from_fork kernel_thread_helper kernel_thread_starter child_rip secondary_startup\w* common_startup_64 cpu_startup_entry start_secondary do_idle default_idle\w* cpuidle_\w+ cpu_idle\w* rest_init start_kernel x86_64_start_\w+ kernel_init kernel_init_freeable do_one_initcall do_initcalls do_initcall_level do_basic_setup arch_call_rest_init smpboot_thread_fn cpuhp_thread_fun __primary_switched secondary_start_kernel
`);

/** A function's name without what the compiler added to it. */
export const plainName = (symbol: string): string =>
  symbol
    .replace(/^\./, "")
    .replace(/\.(?:isra|part|constprop|cold|llvm)\b.*$/, "")
    .replace(/\.\d+$/, "");
