import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Core } from "../core.js";
import { buildApp } from "./app.js";

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts listening; rejects when that cannot be, as on a port that is taken. */
export async function startServer(
  core: Core,
  options: { port: number; host: string; closing: AbortController },
): Promise<RunningServer> {
  const app = buildApp(core);
  // The library would else put its own Request and Response in place of the ones of the program under test.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  // As long as the proxy in front of a real GitLab keeps idle connections; Node's 5 seconds would cut pausing clients off.
  server.keepAliveTimeout = 65_000;
  await listen(server, options);
  const close = () => stop(server, options.closing);
  return { url: urlOf(server, options.host), close };
}

function listen(server: Server, options: { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function stop(server: Server, closing: AbortController): Promise<void> {
  return new Promise((resolve) => {
    // Ends the waiting of slow requests too, else their timers keep the process alive.
    closing.abort();
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
