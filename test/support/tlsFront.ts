import { once } from "node:events";
import { request } from "node:http";
import { createServer, type Server, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";

const running: Server[] = [];

/** What came to a TLS front. */
export interface TlsFront {
  port: number;
  /** Connections that were made, whatever went over them. */
  connections: number;
  /** The names in the clients' certificates, one for each request. */
  clients: (string | undefined)[];
}

/** A TLS server that hands every request on to a server without TLS, until the test ends. */
export async function startTlsFront(behind: string, options: ServerOptions): Promise<TlsFront> {
  const front: TlsFront = { port: 0, connections: 0, clients: [] };
  const server = createServer(options, (incoming, outgoing) => {
    const peer = (incoming.socket as TLSSocket).getPeerCertificate();
    front.clients.push(peer.subject?.CN as string | undefined);
    const { method, headers, url } = incoming;
    const onward = request(new URL(url ?? "/", behind), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on("connection", () => front.connections++);
  running.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  front.port = (server.address() as AddressInfo).port;
  return front;
}

afterEach(async () => {
  for (const server of running.splice(0)) {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }
});
