/** What drivers call in passing: it calls nothing of theirs back, or it may sleep and does no more here. */
import { expr, might_sleep } from "../../../machine/index.js";
import { type CallRow, type Family, does, gives, rows } from "../row/index.js";

/** Nothing that others see. */
const nothing: CallRow = does("...", () => []);

/** Nothing that others see, and done well: 0. */
const works: CallRow = gives("...", () => expr(0));

/** May not be called where nobody may sleep; returns 0. */
const sleeps: CallRow = gives("...", (call) => {
  call.emit(might_sleep());
  return expr(0);
});

const holds: CallRow = gives("...", () => expr(1));

/** A reference keeps something from being freed, which nothing here is. */
const reference =
  "objects are declared here, and stay: leave it out, or count with a refcount_t or a struct kref of the file";

const driverData =
  "what a device keeps for its driver is known here: write its address, as &my_device, or a function that returns it";

const packets = "packets are declared here, and stay: leave it out";

const napi = "a tasklet: tasklet_schedule(), which runs in a softirq as well";

const insteadOf = (names: readonly string[], say: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, say] as const));

export const driverCallsFamily: Family = {
  name: "driver calls",
  calls: {
    ...rows(
      [
        "netif_stop_queue",
        "netif_wake_queue",
        "netif_start_queue",
        "netif_tx_stop_all_queues",
        "netif_tx_wake_all_queues",
        "netif_carrier_on",
        "netif_carrier_off",
        "netif_device_attach",
        "netif_device_detach",
        "netif_trans_update",
        "led_set_brightness",
        "gpiod_set_value",
        "gpio_set_value",
        "tty_flip_buffer_push",
        "poll_wait",
      ],
      () => nothing,
    ),
    ...rows(
      [
        "clk_enable",
        "enable_irq_wake",
        "disable_irq_wake",
        "irq_set_irq_type",
        "reset_control_assert",
        "reset_control_deassert",
      ],
      () => works,
    ),
    clk_disable: nothing,
    ...rows(
      [
        "clk_prepare_enable",
        "clk_prepare",
        "regulator_enable",
        "regulator_disable",
        "i2c_transfer",
        "i2c_smbus_read_byte_data",
        "i2c_smbus_write_byte_data",
        "spi_sync",
        "spi_write",
        "gpiod_set_value_cansleep",
        "clk_disable_unprepare",
        "clk_unprepare",
      ],
      () => sleeps,
    ),
    try_module_get: holds,
    access_ok: holds,
    __module_get: nothing,
    module_put: nothing,
  },
  instead: {
    ...insteadOf(
      ["get_device", "put_device", "dget", "dput", "fget", "fput", "igrab", "ihold", "iput"],
      reference,
    ),
    ...insteadOf(["sock_hold", "sock_put", "drm_gem_object_get", "drm_gem_object_put"], reference),
    ...insteadOf(
      [
        "dev_get_drvdata",
        "dev_set_drvdata",
        "platform_get_drvdata",
        "platform_set_drvdata",
        "pci_get_drvdata",
        "pci_set_drvdata",
        "i2c_get_clientdata",
        "i2c_set_clientdata",
        "spi_get_drvdata",
        "spi_set_drvdata",
        "usb_get_intfdata",
        "usb_set_intfdata",
        "netdev_priv",
      ],
      driverData,
    ),
    ...insteadOf(["kfree_skb", "consume_skb", "dev_kfree_skb", "dev_kfree_skb_any"], packets),
    ...insteadOf(["dev_kfree_skb_irq", "alloc_skb", "netdev_alloc_skb", "dev_alloc_skb"], packets),
    ...insteadOf(
      [
        "napi_enable",
        "napi_schedule_prep",
        "__napi_schedule",
        "napi_complete",
        "napi_complete_done",
      ],
      napi,
    ),
    ...insteadOf(
      ["pm_runtime_put", "pm_runtime_put_autosuspend", "pm_runtime_get", "pm_runtime_get_noresume"],
      "a work that suspends the device: schedule_work(), and cancel_work_sync() where it is resumed",
    ),
    ...insteadOf(
      ["regmap_read", "regmap_write", "regmap_update_bits"],
      "a lock of the file around the register: a mutex for a slow bus, a spinlock with interrupts off for memory",
    ),
    ...insteadOf(
      ["usb_kill_urb", "usb_poison_urb", "usb_submit_urb"],
      "an interrupt line with its handler, request_irq(), and disable_irq(), which waits for it",
    ),
    ...insteadOf(
      ["idr_alloc", "idr_find", "idr_remove", "ida_alloc", "ida_free", "xa_store", "xa_load"],
      "an array of the file, and the lock that its users take; xa_lock() is that of an XArray",
    ),
    xa_erase:
      "an array of the file, and the lock that its users take; xa_lock() is that of an XArray",
    ...insteadOf(
      ["rb_insert_color", "rb_erase", "rb_first", "radix_tree_lookup", "radix_tree_insert"],
      "a list of the file: list_add(), list_del(), list_for_each_entry()",
    ),
    ...insteadOf(
      ["percpu_counter_add", "percpu_counter_inc", "percpu_counter_dec", "percpu_counter_sum"],
      "an atomic_t of the file",
    ),
    ...insteadOf(
      ["blk_mq_quiesce_queue", "blk_mq_unquiesce_queue"],
      "synchronize_srcu(), with srcu_read_lock() around the dispatch; a flag of the file keeps it from starting",
    ),
    ...insteadOf(
      ["submit_bio", "bio_endio"],
      "a struct completion, and an interrupt line whose handler completes it",
    ),
    ...insteadOf(
      ["drm_modeset_lock", "drm_modeset_unlock", "drm_modeset_lock_all"],
      "ww_mutex_lock() with an acquire context of the file",
    ),
    ...insteadOf(
      ["send_sig", "force_sig", "flush_signals", "allow_signal"],
      "a comment lets anybody send a signal at any moment: lab: signals",
    ),
    ...insteadOf(
      ["kthread_should_park", "kthread_parkme", "kthread_unpark"],
      "a flag of the file, and a wait queue",
    ),
    ...insteadOf(
      ["kthread_create_on_node", "kthread_create_on_cpu"],
      "kthread_run(), or for a CPU a comment: lab: thread FUNCTION on CPU",
    ),
    devm_kzalloc: "objects are declared here, and stay: static struct foo foo",
    devm_kmalloc: "objects are declared here, and stay: static struct foo foo",
    ...insteadOf(
      ["input_report_key", "input_report_abs", "input_report_rel", "input_sync", "input_event"],
      "the lock that it takes, spin_lock_irqsave(&input->event_lock, flags), and what it calls: the device's own event()",
    ),
    ...insteadOf(
      ["pagefault_disable", "pagefault_enable"],
      "between the two a copy takes no mmap_lock, and fails instead: leave them out, and the copy too",
    ),
    ...insteadOf(
      ["schedule_hrtimeout", "schedule_hrtimeout_range"],
      "schedule() waits for a wakeup, usleep_range() for a time: where both may end the wait, wait_event_timeout()",
    ),
    kill_fasync:
      "the lock that it takes, read_lock_irqsave(&fasync->lock, flags), and what it calls",
  },
};
