import { launchSshServer, type ServerOptions, type SshServer } from "../support/sshd.js";

export { fingerprintOf, makeKey, type ServerOptions, type SshServer } from "../support/sshd.js";

const running: SshServer[] = [];

/** Starts a host; it ends with the test. */
export async function startSshServer(options?: ServerOptions): Promise<SshServer> {
  const server = await launchSshServer(options);
  running.push(server);
  return server;
}

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
