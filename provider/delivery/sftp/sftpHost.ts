import { randomBytes } from "node:crypto";
import { posix } from "node:path";
import { decode } from "../decode.js";
import { defaultPath } from "../defaultPath.js";
import { DeliveryError, type Host } from "../host.js";
import { explainAnswer } from "../ssh/explain.js";
import { withConnection } from "../ssh/pool.js";
import { nameHost, type SshTarget } from "../target.js";
import { ifThere, SftpClient, SftpRefusal } from "./client.js";
import {
  findPlace,
  follow,
  LITTLE_BYTES,
  type Replacement,
  readIfThere,
  replace,
  toWire,
  writeBeside,
} from "./files.js";
import { takeSftpLock } from "./lock.js";

/** Another machine that has SFTP and runs no commands. What one object does within `exclusively` is one session. */
export class SftpHost implements Host {
  readonly where: string;
  #session: SftpClient | undefined;

  constructor(private readonly target: SshTarget) {
    this.where = ` on ${nameHost(target)}`;
  }

  async locate(path: string | undefined): Promise<string> {
    return path ?? this.#inSession({ path: ".", what: "cannot be found" }, (sftp) => this.#findDefault(sftp));
  }

  read(path: string): Promise<string | undefined> {
    return this.#inSession({ path, what: "cannot be read" }, async (sftp) => {
      const bytes = await readIfThere(sftp, await follow(sftp, toWire(path)));
      return bytes && decode(bytes);
    });
  }

  async write(path: string, text: string, like?: string): Promise<void> {
    await this.#replace(path, { content: Buffer.from(text), keepsLast: false, like: like && toWire(like) });
  }

  swap(path: string, from: string | undefined, to: string): Promise<boolean> {
    const expected = from === undefined ? "missing" : Buffer.from(from);
    return this.#replace(path, { content: Buffer.from(to), expected, keepsLast: true });
  }

  remove(path: string): Promise<void> {
    return this.#inSession({ path, what: "cannot be removed" }, async (sftp) => {
      const file = await follow(sftp, toWire(path));
      const found = await ifThere(sftp.lstat(file));
      if (found?.isDirectory()) throw new SftpRefusal("failed", "Is a directory");
      if (found) await ifThere(sftp.unlink(file));
    });
  }

  keepCopy(path: string): Promise<string> {
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const copy = `${path}.${time}-${randomBytes(2).toString("hex")}.bak`;
    return this.#inSession({ path, what: "cannot be copied" }, async (sftp) => {
      const like = await sftp.stat(toWire(path));
      const content = (await readIfThere(sftp, toWire(path))) ?? Buffer.alloc(0);
      await writeBeside(sftp, toWire(copy), { content, like });
      return copy;
    });
  }

  exclusively<T>(path: string, act: (file: string) => Promise<T>): Promise<T> {
    return this.#withSession(async (sftp) => {
      const failure = { path, what: "cannot be written" };
      const file = await this.#explain(sftp, failure, () => findPlace(sftp, toWire(path)));
      const giveBack = await this.#explain(sftp, failure, () => takeSftpLock(sftp, file));
      this.#session = sftp;
      try {
        return await act(file);
      } finally {
        this.#session = undefined;
        // Where the connection is cut, the lock stays until the next one of us comes.
        await giveBack().catch(() => {});
      }
    });
  }

  /** SFTP tells neither system nor user. */
  async #findDefault(sftp: SftpClient): Promise<string> {
    const home = await sftp.realpath(".");
    const system = /^\/[A-Za-z]:/.test(home) ? "Windows" : "unknown";
    return defaultPath({ system, isRoot: this.target.user === "root", home, folder: home });
  }

  #replace(path: string, how: Replacement): Promise<boolean> {
    return this.#inSession({ path, what: "cannot be written" }, async (sftp) => {
      const file = await findPlace(sftp, toWire(path));
      const replaced = await replace(sftp, file, how);
      if (replaced !== "spoiled") return replaced === "done";
      const what = `on ${nameHost(this.target)} was not stored as it was sent`;
      throw new DeliveryError(path, what, "The file that was there before is back. Look at the disk, and run again");
    });
  }

  #inSession<T>(failure: Failure, act: (sftp: SftpClient) => Promise<T>): Promise<T> {
    return this.#withSession((sftp) => this.#explain(sftp, failure, () => act(sftp)));
  }

  #withSession<T>(act: (sftp: SftpClient) => Promise<T>): Promise<T> {
    if (this.#session) return act(this.#session);
    return withConnection(this.target, async (connection) => {
      const sftp = await SftpClient.open(this.target, connection);
      try {
        return await act(sftp);
      } finally {
        sftp.close();
      }
    });
  }

  async #explain<T>(sftp: SftpClient, { path, what }: Failure, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof SftpRefusal)) throw error;
      const words = await this.#findReason(sftp, path, error);
      throw explainAnswer({ path, what, target: this.target }, { isOk: false, said: [], words });
    }
  }

  /** SFTP has no word for a disk that may not be written to, nor for one without room for another file. */
  async #findReason(sftp: SftpClient, path: string, { kind, message }: SftpRefusal): Promise<string> {
    if (kind === "unsupported") return `${message}: its SFTP server needs posix-rename@openssh.com`;
    if (kind !== "failed" || !/^failure$/i.test(message)) return message;
    const space = await sftp.space(posix.dirname(toWire(path))).catch(() => undefined);
    if (space?.isReadOnly) return "Read-only file system";
    return space && space.free < LITTLE_BYTES ? "No space left on device" : message;
  }
}

interface Failure {
  path: string;
  what: string;
}
