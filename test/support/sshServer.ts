import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { type AddressInfo, connect } from "node:net";
import {
  type AuthContext,
  type AuthenticationType,
  type Connection,
  type PublicKeyAuthContext,
  Server,
  type ServerChannel,
  utils,
} from "ssh2";

/** An SSH server of this process, for where OpenSSH's own is not asked for: it runs each command by `sh`. */
export interface SmallSshServer {
  port: number;
  /** The fingerprint of its key. */
  hostKey: string;
  /** Its key, as a line of a known_hosts file. */
  knownHost: string;
  /** Lets it refuse connections, until the result is called. */
  pause(): () => Promise<void>;
}

/** A host behind it of which it never tells whether it is there. */
export const SILENT_HOST = "silent.invalid";

const running: { server: Server; connections: Set<Connection> }[] = [];

/**
 * Starts a server that lets in who knows the password, or has the private part of the key; it ends with the test.
 * @param methods what it offers to who gave nothing that is right
 */
export function startSmallSshServer(
  password: string,
  publicKey?: string,
  methods: AuthenticationType[] = ["password", "publickey"],
): Promise<SmallSshServer> {
  // Of the ed25519 keys that ssh2 makes, it cannot read three in a thousand.
  const key = utils.generateKeyPairSync("ecdsa", { bits: 256 });
  const connections = new Set<Connection>();
  const server = new Server({ hostKeys: [key.private] }, (connection) => {
    connections.add(connection);
    connection.on("error", () => {});
    connection.on("authentication", (login) => {
      const end = (isRight: boolean) => (isRight ? login.accept() : login.reject(methods));
      if (!methods.includes(login.method)) end(false);
      else if (login.method === "publickey") end(isProven(login, publicKey));
      else if (login.method === "keyboard-interactive")
        login.prompt([{ prompt: "Password for deploy:", echo: false }], ([answer]) => end(answer === password));
      else end(hasPassword(login, password));
    });
    connection.on("tcpip", (accept, _reject, { destIP, destPort }) => {
      if (destIP !== SILENT_HOST) forward(accept(), destIP, destPort);
    });
    connection.on("session", (accept) => {
      accept().on("exec", (acceptCommand, _reject, { command }) => runCommand(acceptCommand(), command));
    });
  });
  running.push({ server, connections });
  const bytes = Buffer.from(key.public.split(" ")[1] ?? "", "base64");
  const hostKey = `SHA256:${createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "")}`;
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      const goOn = () => new Promise<void>((done) => server.listen(port, "127.0.0.1", () => done()));
      const pause = () => {
        for (const connection of connections) connection.end();
        server.close();
        return goOn;
      };
      resolve({ port, hostKey, knownHost: `[127.0.0.1]:${port} ${key.public}`, pause });
    });
  });
}

function hasPassword(login: AuthContext, password: string): boolean {
  return login.method === "password" && login.password === password;
}

/** The first question only asks whether the key would do. */
function isProven({ key, blob, signature, hashAlgo }: PublicKeyAuthContext, publicKey: string | undefined): boolean {
  const known = publicKey === undefined ? undefined : utils.parseKey(publicKey);
  if (!known || known instanceof Error || !known.getPublicSSH().equals(key.data)) return false;
  return !signature || !blob || known.verify(blob, signature, hashAlgo) === true;
}

function forward(channel: ServerChannel, host: string, port: number): void {
  const socket = connect(port, host);
  channel
    .on("error", () => {})
    .pipe(socket.on("error", () => channel.end()))
    .pipe(channel);
}

function runCommand(channel: ServerChannel, command: string): void {
  const child = spawn("sh", ["-c", command], { stdio: ["pipe", "pipe", "pipe"] });
  channel.pipe(child.stdin.on("error", () => {}));
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on("close", (code) => {
    channel.exit(code ?? 1);
    channel.end();
  });
}

afterEach(() => {
  for (const { server, connections } of running.splice(0)) {
    for (const connection of connections) connection.end();
    server.close();
  }
});
