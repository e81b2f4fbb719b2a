/** The file that tells a kernel where to listen. */
import { randomInt, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import getPort, { portNumbers } from "get-port";
import { channels } from "../jupyter/connection.js";

/**
 * Ports that nobody listens at, below those that systems give to outgoing connections (32768 on
 * Linux, 49152 elsewhere): no connection, the client's own while it waits least of all, can take one
 * before the kernel does.
 */
async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const from = randomInt(10_000, 32_000);
    ports.add(await getPort({ port: portNumbers(from, from + 500), host: "127.0.0.1" }));
  }
  return [...ports];
}

/** Writes a connection file with free ports and a key of its own, and returns its path. */
export async function writeConnectionFile(folder: string): Promise<string> {
  const ports = await freePorts(channels.length);
  const file = join(folder, "kernel.json");
  const named = Object.fromEntries(channels.map((name, i) => [`${name}_port`, ports[i]]));
  const rest = { ip: "127.0.0.1", transport: "tcp", key: randomUUID() };
  const content = { ...named, ...rest, signature_scheme: "hmac-sha256", kernel_name: "tslab" };
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
  return file;
}
