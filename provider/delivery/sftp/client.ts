import type { Attributes, FileEntryWithStats, SFTPWrapper, Stats } from "ssh2";
import { type Connection, timeoutOf } from "../ssh/connection.js";
import { isUnopened, NoSessionError, SshError } from "../ssh/sshError.js";
import type { SshTarget } from "../target.js";

/** What an SFTP server answered instead of doing what was asked, in the words of a POSIX system where it can be told. */
export class SftpRefusal extends Error {
  constructor(
    readonly kind: "missing" | "denied" | "unsupported" | "failed",
    message: string,
  ) {
    super(message);
  }
}

/** Thrown when a host has no SFTP for the user; nothing was done there. */
export class NoSftpError extends SshError {}

type Callback<T> = (error: Error | null | undefined, value?: T) => void;

const CHUNK_BYTES = 32_768;

/** One SFTP session: each request waits for its answer, no longer than the host's timeout. */
export class SftpClient {
  #end: Error | undefined;
  readonly #pending = new Set<(error: Error) => void>();

  private constructor(
    readonly target: SshTarget,
    private readonly sftp: SFTPWrapper,
    connection: Connection,
  ) {
    const cut = () => this.#fail(this.#explainCut());
    sftp.on("close", cut);
    sftp.on("error", cut);
    void connection.ended.then(cut);
  }

  static async open(target: SshTarget, connection: Connection): Promise<SftpClient> {
    let timer: NodeJS.Timeout | undefined;
    const opened = new Promise<SFTPWrapper>((resolve, reject) => {
      const limit = timeoutOf(target);
      timer = setTimeout(() => reject(new Error(`no answer for ${limit / 1000} s`)), limit);
      const advice = "Look at the network, and run again";
      void connection.ended.then(() => reject(new SshError(target, "was cut off before anything was done", advice)));
      connection.client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)));
    });
    try {
      return new SftpClient(target, await opened, connection);
    } catch (error) {
      if (error instanceof SshError) throw error;
      const reason = error instanceof Error ? error.message : "unknown";
      if (error instanceof Error && isUnopened(error)) throw new NoSessionError(target, reason);
      const advice = "Let its sshd have a Subsystem sftp, or give the user a login shell that runs commands";
      throw new NoSftpError(target, `has no SFTP (${reason})`, advice);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.sftp.end();
  }

  stat(path: string): Promise<Stats> {
    return this.#ask((done: Callback<Stats>) => this.sftp.stat(path, done));
  }

  lstat(path: string): Promise<Stats> {
    return this.#ask((done: Callback<Stats>) => this.sftp.lstat(path, done));
  }

  readlink(path: string): Promise<string> {
    return this.#ask((done: Callback<string>) => this.sftp.readlink(path, done));
  }

  realpath(path: string): Promise<string> {
    return this.#ask((done: Callback<string>) => this.sftp.realpath(path, done));
  }

  async list(path: string): Promise<string[]> {
    const entries = await this.#ask((done: Callback<FileEntryWithStats[]>) => this.sftp.readdir(path, done));
    return entries.map(({ filename }) => filename).filter((name) => name !== "." && name !== "..");
  }

  mkdir(path: string): Promise<void> {
    return this.#ask((done) => this.sftp.mkdir(path, { mode: 0o700 }, done));
  }

  rmdir(path: string): Promise<void> {
    return this.#ask((done) => this.sftp.rmdir(path, done));
  }

  unlink(path: string): Promise<void> {
    return this.#ask((done) => this.sftp.unlink(path, done));
  }

  chown(path: string, { uid, gid }: Pick<Attributes, "uid" | "gid">): Promise<void> {
    return this.#ask((done) => this.sftp.chown(path, uid, gid, done));
  }

  /** Onto a file that may be there, as POSIX has it: SFTP's own rename refuses that. */
  rename(from: string, to: string): Promise<void> {
    return this.#ask((done) => this.sftp.ext_openssh_rename(from, to, done));
  }

  /** SFTP's own, onto nothing. */
  move(from: string, to: string): Promise<void> {
    return this.#ask((done) => this.sftp.rename(from, to, done));
  }

  link(from: string, to: string): Promise<void> {
    return this.#ask((done) => this.sftp.ext_openssh_hardlink(from, to, done));
  }

  /** What the file system has, in bytes that are free, and whether it may be written to. */
  async space(path: string): Promise<{ free: number; isReadOnly: boolean }> {
    const found = await this.#ask((done: Callback<Record<string, number>>) =>
      this.sftp.ext_openssh_statvfs(path, done),
    );
    return { free: (found.f_bavail ?? 0) * (found.f_frsize ?? 1), isReadOnly: ((found.f_flag ?? 0) & 1) === 1 };
  }

  open(path: string): Promise<Buffer> {
    return this.#ask((done: Callback<Buffer>) => this.sftp.open(path, "r", done));
  }

  /** A file that is not there yet, to be written and read back. */
  create(path: string): Promise<Buffer> {
    return this.#ask((done: Callback<Buffer>) => this.sftp.open(path, READ_WRITE_NEW, { mode: 0o600 }, done));
  }

  closeHandle(handle: Buffer): Promise<void> {
    return this.#ask((done) => this.sftp.close(handle, done));
  }

  async write(handle: Buffer, content: Buffer): Promise<void> {
    for (let start = 0; start < content.length; start += CHUNK_BYTES) {
      const length = Math.min(CHUNK_BYTES, content.length - start);
      await this.#ask((done) => this.sftp.write(handle, content, start, length, start, done));
    }
    // A server that cannot say that the bytes are on the disk writes them all the same.
    await this.#ask((done) => this.sftp.ext_openssh_fsync(handle, done)).catch(ignoreUnsupported);
  }

  async read(handle: Buffer): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (let position = 0; ; ) {
      const chunk = await this.#readAt(handle, position);
      if (chunk.length === 0) return Buffer.concat(chunks);
      chunks.push(chunk);
      position += chunk.length;
    }
  }

  #readAt(handle: Buffer, position: number): Promise<Buffer> {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    return this.#ask((done: Callback<Buffer>) =>
      this.sftp.read(handle, buffer, 0, CHUNK_BYTES, position, (error, bytes) => {
        if ((error as { code?: unknown } | undefined)?.code === END_OF_FILE) done(undefined, Buffer.alloc(0));
        else done(error, buffer.subarray(0, bytes));
      }),
    );
  }

  #ask<T>(request: (done: Callback<T>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      const limit = timeoutOf(this.target);
      const timer = setTimeout(() => this.#giveUp(limit), limit);
      const fail = (error: Error) => {
        clearTimeout(timer);
        this.#pending.delete(fail);
        reject(error);
      };
      this.#pending.add(fail);
      const done: Callback<T> = (error, value) => {
        if (error) return fail(this.#end ?? this.#explain(error));
        clearTimeout(timer);
        this.#pending.delete(fail);
        resolve(value as T);
      };
      try {
        request(done);
      } catch (error) {
        fail(this.#end ?? this.#explain(error as Error));
      }
    });
  }

  #explain(error: Error): Error {
    return /^no response from server$/i.test(error.message) ? this.#explainCut() : toRefusal(error);
  }

  #explainCut(): SshError {
    const advice = "Whether it did the last step is not known; each file is whole, the old one or the new. Run again";
    return new SshError(this.target, "was cut off", advice);
  }

  #giveUp(limit: number): void {
    const advice = "Whether it did the last step is not known; each file is whole. Look at the host, and run again";
    this.#fail(new SshError(this.target, `did not answer for ${limit / 1000} s`, advice));
    this.sftp.end();
  }

  #fail(error: Error): void {
    this.#end ??= error;
    for (const fail of [...this.#pending]) fail(this.#end);
  }
}

/** SFTP's own numbers. */
const READ_WRITE_NEW = 0x01 | 0x02 | 0x08 | 0x20;
const END_OF_FILE = 1;
const KINDS: Record<number, [SftpRefusal["kind"], string]> = {
  2: ["missing", "No such file or directory"],
  3: ["denied", "Permission denied"],
  8: ["unsupported", "Operation not supported"],
};

/** What there is no word for in SFTP comes as "Failure": no space, a read-only file system, a folder that is not empty. */
function toRefusal(error: Error): Error {
  if (/not support this extended request/i.test(error.message)) return new SftpRefusal("unsupported", error.message);
  const { code } = error as { code?: unknown };
  const [kind, words] = (typeof code === "number" ? KINDS[code] : undefined) ?? ["failed" as const, error.message];
  return new SftpRefusal(kind, words);
}

export function ignoreUnsupported(error: unknown): void {
  if (!(error instanceof SftpRefusal && error.kind === "unsupported")) throw error;
}

/** The result, or undefined where there is no such file. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SftpRefusal && error.kind === "missing") return undefined;
    throw error;
  }
}
