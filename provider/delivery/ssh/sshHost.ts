import { randomBytes } from "node:crypto";
import { decode } from "../decode.js";
import { defaultPath } from "../defaultPath.js";
import { DeliveryError, type Host, joinVolume, lastGoodOf, type Site } from "../host.js";
import { nameHost, type SshTarget } from "../target.js";
import {
  type CommandResult,
  dropCutLine,
  explainCheck,
  explainHook,
  NO_TRIAL,
  type Outcome,
  type Trial,
  type TrialPlace,
} from "../trial.js";
import { explainVolume } from "../volume.js";
import { timeoutOf } from "./connection.js";
import { explainAnswer } from "./explain.js";
import { takeRemoteLock } from "./lock.js";
import { withConnection } from "./pool.js";
import { type Answer, Session } from "./session.js";

/** Another machine that runs commands. One object serves one operation of a resource: what it does within `exclusively` is one session. */
export class SshHost implements Host {
  readonly where: string;
  #session: Session | undefined;

  constructor(
    private readonly target: SshTarget,
    private readonly site: Site = { trial: NO_TRIAL },
  ) {
    this.where = ` on ${nameHost(target)}`;
  }

  locate(path: string | undefined): Promise<string | undefined> {
    const { volume } = this.site;
    if (volume === undefined && path !== undefined) return Promise.resolve(path);
    return this.#inSession((session) =>
      volume === undefined ? this.#findDefault(session) : this.#findInVolume(session, { volume, path }),
    );
  }

  async #findDefault(session: Session): Promise<string> {
    const [system = "", uid, home, folder = ""] = (await session.run("locate")).said;
    return defaultPath({ system, isRoot: uid === "0", home, folder });
  }

  async #findInVolume(
    session: Session,
    { volume, path }: { volume: string; path: string | undefined },
  ): Promise<string | undefined> {
    const answer = await session.run("volume", [volume]);
    if (!answer.isOk) throw explainVolume({ volume, path, where: this.where }, answer.words);
    const [found, folder = ""] = answer.said;
    return found === "missing" ? undefined : joinVolume(folder, path);
  }

  read(path: string): Promise<string | undefined> {
    return this.#inSession(async (session) => {
      const bytes = await this.#fetch(session, path);
      return bytes && decode(bytes);
    });
  }

  async write(path: string, text: string, like?: string): Promise<void> {
    await this.#inSession((session) => this.#replace(session, { path, text, expected: "any", like }));
  }

  swap(path: string, from: string | undefined, to: string): Promise<boolean> {
    const expected = from === undefined ? "missing" : `x${Buffer.from(from).toString("hex")}`;
    return this.#inSession((session) => this.#replace(session, { path, text: to, expected, trial: this.site.trial }));
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
  async #replace(session: Session, { path, text, expected, trial, like = "" }: Replacement): Promise<boolean> {
    const failure = { path, what: "cannot be written" };
    const content = Buffer.from(text);
    const file = await this.#place(session, path);
    const name = randomBytes(6).toString("hex");
    const staged = await session.run("stage", [name, String(content.length), like], { payload: content });
    if (!staged.isOk) throw explainAnswer({ ...failure, target: this.target }, staged);
    const place = { path, where: this.where, text, trial: trial ?? NO_TRIAL };
    if (trial?.check) await this.#examine(session, place);
    const [keepLast, hook] = [trial ? "keep" : "", trial?.hook ? "hook" : ""];
    const { said } = await this.#must(session, failure, ["commit", expected, name, keepLast, hook]);
    if (said.at(-1) === "changed") return false;
    await this.#verify(session, { path, file, content });
    if (trial?.hook) await this.#callHook(session, place);
    await session.run("settle");
    return true;
  }

  async #examine(session: Session, place: TrialPlace): Promise<void> {
    const result = await this.#limited(session, 'exec gitlab-runner lint --config "$1"');
    if (result.exitCode === 0) return;
    await session.run("tidy");
    throw explainCheck(place, result);
  }

  async #callHook(session: Session, place: TrialPlace): Promise<void> {
    const result = await this.#limited(session, place.trial.hook ?? "");
    if (result.exitCode === 0) return;
    const { isOk, said, words } = await session.run("undo");
    if (isOk) throw explainHook(place, { result, outcome: said[0] as Outcome });
    throw cannotPutBack(place.path, `${this.where.trim()} has a file whose target.hook failed`, words);
  }

  /** A command there, ended by the host itself after its time. */
  async #limited(session: Session, command: string): Promise<CommandResult> {
    const patience = timeoutOf(this.target);
    const args = [randomBytes(6).toString("hex"), String(Math.ceil(patience / 1000)), command];
    const { said, words } = await session.run("limited", args, { patience: patience + GRACE_MS });
    const [end = "", ...printed] = said;
    // As a shell says that it cannot run something.
    if (end === "") return { exitCode: 126, words };
    return {
      exitCode: end === "late" ? undefined : Number(end),
      words: dropCutLine(printed.join("\n"), PRINTED_BYTES),
    };
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
    throw cannotPutBack(path, what, words);
  }
}

/** Until the host gives up on a command that cannot be ended, and some more; see the program. */
const GRACE_MS = 5_000;

/** Of what a command prints; see the program. */
const PRINTED_BYTES = 4_000;

function cannotPutBack(path: string, what: string, words: string): DeliveryError {
  const advice = `Look at the disk. What was there before is in ${lastGoodOf(path)}`;
  return new DeliveryError(path, `${what}, and the file before it could not be put back (${words})`, advice);
}

interface Replacement {
  path: string;
  text: string;
  /** `any`, `missing`, or `x` and the bytes in hexadecimal. */
  expected: string;
  /** The file whose owner it gets. */
  like?: string;
  /** Absent: it is no config.toml. */
  trial?: Trial;
}
