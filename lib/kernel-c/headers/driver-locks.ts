import type { SourceFile } from "../parse/source.js";

/** Locks of a device that its subsystem takes around the driver: of transmission, of a serial port, of a terminal. */
export const driverLocks: readonly SourceFile[] = [
  {
    file: "include/linux/netdevice.h",
    text: String.raw`struct net_device {
	spinlock_t tx_global_lock;
};

struct netdev_queue {
	spinlock_t _xmit_lock;
};

#define netif_tx_lock(dev) spin_lock(&(dev)->tx_global_lock)

#define netif_tx_unlock(dev) spin_unlock(&(dev)->tx_global_lock)

#define netif_tx_lock_bh(dev) spin_lock_bh(&(dev)->tx_global_lock)

#define netif_tx_unlock_bh(dev) spin_unlock_bh(&(dev)->tx_global_lock)

#define __netif_tx_lock(txq, cpu) spin_lock(&(txq)->_xmit_lock)

#define __netif_tx_unlock(txq) spin_unlock(&(txq)->_xmit_lock)

#define __netif_tx_lock_bh(txq) spin_lock_bh(&(txq)->_xmit_lock)

#define __netif_tx_unlock_bh(txq) spin_unlock_bh(&(txq)->_xmit_lock)

#define __netif_tx_trylock(txq) spin_trylock(&(txq)->_xmit_lock)
`,
  },
  {
    file: "include/linux/serial_core.h",
    text: String.raw`struct uart_port {
	spinlock_t lock;
};

#define uart_port_lock(up) spin_lock(&(up)->lock)

#define uart_port_unlock(up) spin_unlock(&(up)->lock)

#define uart_port_trylock(up) spin_trylock(&(up)->lock)

#define uart_port_lock_irq(up) spin_lock_irq(&(up)->lock)

#define uart_port_unlock_irq(up) spin_unlock_irq(&(up)->lock)

#define uart_port_lock_irqsave(up, flags) spin_lock_irqsave(&(up)->lock, *(flags))

#define uart_port_unlock_irqrestore(up, flags) spin_unlock_irqrestore(&(up)->lock, flags)
`,
  },
  {
    file: "include/linux/tty.h",
    text: String.raw`struct tty_struct {
	struct mutex legacy_mutex;
};

#define tty_lock(tty) mutex_lock(&(tty)->legacy_mutex)

#define tty_unlock(tty) mutex_unlock(&(tty)->legacy_mutex)

#define tty_lock_interruptible(tty) mutex_lock_interruptible(&(tty)->legacy_mutex)
`,
  },
];
