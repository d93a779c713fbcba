import type { Host, Site } from "../host.js";
import { isWindowsPath, nameHost, type SshTarget } from "../target.js";
import { NoCommandsError } from "./sshError.js";
import { SshHost } from "./sshHost.js";

/** Hosts of this process that were found to run no commands. */
const withoutCommands = new Set<string>();

/** Another machine, over SSH: by a shell, or by SFTP where that is asked for or no commands run. */
export class RemoteHost implements Host {
  readonly where: string;
  #current: Host;

  constructor(
    private readonly target: SshTarget,
    private readonly site: Site,
  ) {
    this.where = ` on ${nameHost(target)}`;
    this.#current = new SshHost(target, site);
  }

  locate(path: string | undefined): Promise<string | undefined> {
    return this.#do(path, (host) => host.locate(path));
  }

  read(path: string): Promise<string | undefined> {
    return this.#do(path, (host) => host.read(path));
  }

  write(path: string, text: string, like?: string): Promise<void> {
    return this.#do(path, (host) => host.write(path, text, like));
  }

  swap(path: string, from: string | undefined, to: string): Promise<boolean> {
    return this.#do(path, (host) => host.swap(path, from, to));
  }

  remove(path: string): Promise<void> {
    return this.#do(path, (host) => host.remove(path));
  }

  keepCopy(path: string): Promise<string> {
    return this.#do(path, (host) => host.keepCopy(path));
  }

  exclusively<T>(path: string, act: (file: string) => Promise<T>): Promise<T> {
    return this.#do(path, (host) => host.exclusively(path, act));
  }

  /** Where no command runs nothing was done yet, so that all can be done the other way. */
  async #do<T>(path: string | undefined, act: (host: Host) => Promise<T>): Promise<T> {
    if (this.#needsSftp(path)) return act(await this.#useSftp());
    if (withoutCommands.has(this.where) && this.#mayUseSftp) return this.#tryBoth(act);
    return this.#tryCommands(act);
  }

  /** As it was found last; a host that was changed since may have it the other way round. */
  async #tryBoth<T>(act: (host: Host) => Promise<T>): Promise<T> {
    const { NoSftpError } = await import("../sftp/client.js");
    try {
      return await act(await this.#useSftp());
    } catch (error) {
      if (!(error instanceof NoSftpError)) throw error;
      withoutCommands.delete(this.where);
      this.#current = new SshHost(this.target, this.site);
      return this.#tryCommands(act);
    }
  }

  async #tryCommands<T>(act: (host: Host) => Promise<T>): Promise<T> {
    try {
      return await act(this.#current);
    } catch (error) {
      if (!(error instanceof NoCommandsError) || !this.#mayUseSftp) throw error;
      return await this.#trySftp(error, act);
    }
  }

  async #trySftp<T>(error: NoCommandsError, act: (host: Host) => Promise<T>): Promise<T> {
    const { NoSftpError } = await import("../sftp/client.js");
    try {
      const result = await act(await this.#useSftp());
      withoutCommands.add(this.where);
      return result;
    } catch (second) {
      throw second instanceof NoSftpError ? error : second;
    }
  }

  #needsSftp(path: string | undefined): boolean {
    if (this.target.transfer === "sftp") return true;
    return this.#mayUseSftp && path !== undefined && isWindowsPath(path);
  }

  get #mayUseSftp(): boolean {
    const { volume, trial } = this.site;
    const needsCommands = volume !== undefined || trial.check !== undefined || trial.hook !== undefined;
    return !needsCommands && this.target.sudo !== true && this.target.transfer !== "exec";
  }

  async #useSftp(): Promise<Host> {
    const { SftpHost } = await import("../sftp/sftpHost.js");
    if (!(this.#current instanceof SftpHost)) this.#current = new SftpHost(this.target);
    return this.#current;
  }
}
