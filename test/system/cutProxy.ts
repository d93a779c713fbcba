import { connect, createServer, type Server, type Socket } from "node:net";

/** Stands between a client and a host, and cuts the connection after so many bytes that went up or came down. */
export class CutProxy {
  /** How many bytes went each way through the present or last connection. */
  passed = { up: 0, down: 0 };
  #limit: { way: "up" | "down"; bytes: number } | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly port: number,
    private readonly server: Server,
  ) {}

  static start(target: number): Promise<CutProxy> {
    return new Promise((resolve, reject) => {
      let proxy: CutProxy | undefined;
      const server = createServer((socket) => proxy?.join(socket, target)).once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        proxy = new CutProxy((server.address() as { port: number }).port, server);
        resolve(proxy);
      });
    });
  }

  /** Cuts each following connection there; without a limit, none. */
  cutAfter(limit?: { way: "up" | "down"; bytes: number }): void {
    this.#limit = limit;
  }

  /** Both ends, at once. */
  cutNow(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  stop(): void {
    this.cutNow();
    this.server.close();
  }

  join(client: Socket, target: number): void {
    const host = connect({ host: "127.0.0.1", port: target });
    this.passed = { up: 0, down: 0 };
    for (const socket of [client, host]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        host.destroy();
      });
    }
    client.on("data", (bytes: Buffer) => this.#pass(host, "up", bytes));
    host.on("data", (bytes: Buffer) => this.#pass(client, "down", bytes));
  }

  #pass(to: Socket, way: "up" | "down", bytes: Buffer): void {
    const room = this.#limit?.way === way ? this.#limit.bytes - this.passed[way] : bytes.length;
    this.passed[way] += Math.min(bytes.length, room);
    if (bytes.length <= room) to.write(bytes);
    else if (room > 0) to.write(bytes.subarray(0, room), () => this.cutNow());
    else this.cutNow();
  }
}
