/** What the two threads of the kernel tell each other: the sockets' thread and the cells' thread. */
import type { MessagePort } from "node:worker_threads";
import type { Fields, Header, Message } from "../jupyter/message.js";

/** From the cells' thread, to be sent out. */
export type Outgoing =
  | {
      readonly kind: "publish";
      readonly type: string;
      readonly parent: Header | null;
      readonly content: Fields;
    }
  | {
      readonly kind: "reply";
      readonly type: string;
      readonly to: Message;
      readonly content: Fields;
    }
  /** The cells' thread is at its event loop again, so an interrupt has reached it. */
  | { readonly kind: "interrupted" }
  /** The running cell prints without end and is to be stopped. */
  | { readonly kind: "flooded" };

/** From the sockets' thread. */
export type Incoming =
  | { readonly kind: "request"; readonly message: Message }
  | { readonly kind: "interrupt"; readonly reason: InterruptReason };

/** Who stopped a cell: the reader, or the kernel because it printed without end. */
export type InterruptReason = "asked" | "output";

/** What the sockets' thread is started with. */
export interface SocketsData {
  readonly connectionFile: string;
  /** The way to the cells' thread; it keeps what is sent until that thread listens. */
  readonly cells: MessagePort;
  readonly flags: SharedArrayBuffer;
}

/** Flags that both threads see at once, each an Int32 of `SocketsData.flags` at this index. */
export const flag = {
  /** 1 while the TypeScript compiler runs, which must not be torn apart. */
  compiling: 0,
  /** 1 when the running cell is stopped for what it printed. */
  flooded: 1,
} as const;
