/** Message channels that end with the cell that made them: one that writes to itself would never end. */

/** The part of a global scope that makes channels. */
export interface ChannelScope {
  MessageChannel: new () => Ports;
}

interface Ports {
  readonly port1: { close: () => void };
  readonly port2: { close: () => void };
}

/** Puts a constructor of its own into the scope and returns what closes all channels that are open. */
export function installChannels(scope: ChannelScope): () => void {
  const made = new Set<Ports>();
  scope.MessageChannel = new Proxy(scope.MessageChannel, {
    construct: (target, values, newTarget): Ports => {
      const channel = Reflect.construct(target, values, newTarget) as Ports;
      made.add(channel);
      return channel;
    },
  });
  return () => {
    for (const { port1, port2 } of made) {
      port1.close();
      port2.close();
    }
    made.clear();
  };
}
