import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "./freePort.js";

const USER = "pulumi";
const PASSWORD = "not-a-real-password";

/** A PostgreSQL server on a cluster of its own. */
export interface Postgres {
  /** What lets a client in beside the address: a password in an address is shown by Pulumi where a stack is locked. */
  env: { PGPASSWORD: string };
  /** A backend's address; each table is a backend of its own. */
  backend(table: string): string;
  /** Ends the server at once, as a power cut would: by SIGKILL. The result starts it again, on the same port. */
  kill(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

/** Starts a server; whoever starts it stops it. */
export async function launchPostgres(): Promise<Postgres> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gitlab-runner-postgres-")));
  const owner = findOwner();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const cluster: Cluster = { folder, port: await findFreePort(), owner };
  initialize(cluster);
  let server = await start(cluster);
  const kill = async () => {
    await end(server);
    return async () => {
      server = await start(cluster);
    };
  };
  return {
    env: { PGPASSWORD: PASSWORD },
    backend: (table) => `postgres://${USER}@127.0.0.1:${cluster.port}/postgres?sslmode=disable&table=${table}`,
    kill,
    stop: async () => {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Owner {
  uid: number;
  gid: number;
}

interface Cluster {
  folder: string;
  port: number;
  owner?: Owner;
}

/** The server refuses to run as root: then it runs as the user that its package made. */
function findOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (option: string) => Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: ask("-u"), gid: ask("-g") };
}

const program = (name: string) => join(process.env.SYSTEM_TEST_POSTGRES ?? "/usr/lib/postgresql/15/bin", name);

/** What it says stays in English, and it starts where it may be. */
const optionsOf = ({ folder, owner }: Cluster) => ({ cwd: folder, ...owner, env: { ...process.env, LC_ALL: "C" } });

function initialize(cluster: Cluster): void {
  const password = join(cluster.folder, "password");
  writeFileSync(password, PASSWORD);
  const place = ["--pgdata", join(cluster.folder, "data"), "--encoding", "UTF8", "--no-locale", "--no-sync"];
  const login = ["--username", USER, "--pwfile", password, "--auth", "scram-sha-256"];
  execFileSync(program("initdb"), [...place, ...login], { ...optionsOf(cluster), stdio: ["ignore", "ignore", "pipe"] });
}

function start(cluster: Cluster): Promise<ChildProcess> {
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
  const args = ["-D", join(cluster.folder, "data"), "-p", String(cluster.port), ...settings];
  const child = spawn(program("postgres"), args, { ...optionsOf(cluster), stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`postgres ended with ${code}: ${text}`)));
    child.stderr.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      if (text.includes("ready to accept connections")) resolve(child);
    });
  });
}

/** Resolves when the processes that served connections have ended, too: they hold the standard error as long as they live. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await closed;
}
