import { randomBytes } from "node:crypto";
import { decode } from "../decode.js";
import { DeliveryError, type Host } from "../host.js";
import { nameHost, type SshTarget } from "../target.js";
import { explainAnswer } from "./explain.js";
import { takeRemoteLock } from "./lock.js";
import { withConnection } from "./pool.js";
import { type Answer, Session } from "./session.js";

/** Another machine, over SSH. One object serves one operation of a resource: what it does within `exclusively` is one session. */
export class SshHost implements Host {
  readonly where: string;
  #session: Session | undefined;

  constructor(private readonly target: SshTarget) {
    this.where = ` on ${nameHost(target)}`;
  }

  read(path: string): Promise<string | undefined> {
    return this.#inSession(async (session) => {
      const bytes = await this.#fetch(session, path);
      return bytes && decode(bytes);
    });
  }

  async write(path: string, text: string): Promise<void> {
    await this.#inSession((session) => this.#replace(session, { path, text, expected: "any" }));
  }

  swap(path: string, from: string | undefined, to: string): Promise<boolean> {
    const expected = from === undefined ? "missing" : `x${Buffer.from(from).toString("hex")}`;
    return this.#inSession((session) => this.#replace(session, { path, text: to, expected }));
  }

  async remove(path: string): Promise<void> {
    await this.#inSession((session) => this.#must(session, { path, what: "cannot be removed" }, ["discard", path]));
  }

  keepCopy(path: string): Promise<string> {
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const copy = `${path}.${time}-${randomBytes(2).toString("hex")}.bak`;
    return this.#inSession(async (session) => {
      await this.#must(session, { path, what: "cannot be copied" }, ["copy", path, copy]);
      return copy;
    });
  }

  exclusively<T>(path: string, act: (file: string) => Promise<T>): Promise<T> {
    return this.#inSession(async (session) => {
      const file = await this.#place(session, path);
      await takeRemoteLock(session, file);
      this.#session = session;
      try {
        return await act(file);
      } finally {
        this.#session = undefined;
      }
    });
  }

  #inSession<T>(act: (session: Session) => Promise<T>): Promise<T> {
    if (this.#session) return act(this.#session);
    return withConnection(this.target, async (connection) => {
      const session = await Session.open(this.target, connection);
      try {
        return await act(session);
      } finally {
        await session.close();
      }
    });
  }

  async #must(session: Session, { path, what }: { path: string; what: string }, command: string[]): Promise<Answer> {
    const [name = "", ...args] = command;
    const answer = await session.run(name, args);
    if (!answer.isOk) throw explainAnswer({ path, what, target: this.target }, answer);
    return answer;
  }

  async #fetch(session: Session, path: string): Promise<Buffer | undefined> {
    const failure = { path, what: "cannot be read" };
    const { said } = await this.#must(session, failure, ["fetch", path]);
    if (said[0] === "missing") return undefined;
    if (said.at(-1) !== "end")
      throw explainAnswer({ ...failure, target: this.target }, { isOk: false, said, words: "" });
    return Buffer.from(said.slice(1, -1).join("").replace(/\s/g, ""), "hex");
  }

  async #place(session: Session, path: string): Promise<string> {
    return (await this.#must(session, { path, what: "cannot be written" }, ["place", path])).said[0] ?? path;
  }

  /** @returns whether it was done: not, where the file no longer is as expected */
  async #replace(session: Session, { path, text, expected }: Replacement): Promise<boolean> {
    const failure = { path, what: "cannot be written" };
    const content = Buffer.from(text);
    const file = await this.#place(session, path);
    const name = randomBytes(6).toString("hex");
    const staged = await session.run("stage", [name, String(content.length)], content);
    if (!staged.isOk) throw explainAnswer({ ...failure, target: this.target }, staged);
    const { said } = await this.#must(session, failure, ["commit", expected, name]);
    if (said.at(-1) === "changed") return false;
    await this.#verify(session, { path, file, content });
    await session.run("tidy");
    return true;
  }

  /** What does not come back as it was sent is undone: the last good file takes its place again. */
  async #verify(
    session: Session,
    { path, file, content }: { path: string; file: string; content: Buffer },
  ): Promise<void> {
    const found = await this.#fetch(session, file).catch((error: unknown) => {
      if (error instanceof DeliveryError) return undefined;
      throw error;
    });
    if (found?.equals(content)) return;
    const { isOk, said, words } = await session.run("undo");
    // Somebody else, such as GitLab Runner, has replaced it already.
    if (isOk && said[0] === "other") return;
    const what = `on ${nameHost(this.target)} was not stored as it was sent`;
    if (isOk)
      throw new DeliveryError(path, what, "The file that was there before is back. Look at the disk, and run again");
    throw new DeliveryError(
      path,
      `${what}, and the file before it could not be put back (${words})`,
      "Look at the disk",
    );
  }
}

interface Replacement {
  path: string;
  text: string;
  /** `any`, `missing`, or `x` and the bytes in hexadecimal. */
  expected: string;
}
