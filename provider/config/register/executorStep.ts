import { addCacheVolume, defaultShell, dropSections, EXECUTORS, usesDocker } from "../executors.js";
import type { Table } from "../value.js";
import { CommandFailure } from "./failure.js";
import type { Interview, Question } from "./interview.js";

const IMAGE: Question[] = [{ flag: "docker-image", what: "default docker image" }];
const SSH_SERVER: Question[] = [
  { flag: "ssh-host", what: "address of the SSH server" },
  { flag: "ssh-port", what: "port of the SSH server", optional: true },
];
const SSH_LOGIN: Question[] = [
  { flag: "ssh-user", what: "SSH user" },
  { flag: "ssh-password", what: "SSH password", optional: true },
  { flag: "ssh-identity-file", what: "file of the SSH key", optional: true },
];

/** What `register` needs to know for an executor, in its order. */
const QUESTIONS: Readonly<Record<string, readonly Question[]>> = {
  docker: IMAGE,
  "docker-windows": IMAGE,
  "docker-autoscaler": IMAGE,
  "docker+machine": IMAGE,
  ssh: [...SSH_SERVER, ...SSH_LOGIN],
  parallels: [{ flag: "parallels-base-name", what: "Parallels machine" }, ...SSH_SERVER],
  virtualbox: [{ flag: "virtualbox-base-name", what: "VirtualBox machine" }, ...SSH_LOGIN],
};

/** Asks for the executor until it is one; the value stays the present one meanwhile, as in the Runner. */
export function askExecutor(interview: Interview): string {
  for (;;) {
    interview.fill({ flag: "executor", what: "executor", optional: true });
    const executor = ((interview.values.entry as Table).executor ?? "") as string;
    if (EXECUTORS.includes(executor)) return executor;
    if (interview.answers.nonInteractive || interview.answers.typed === undefined) {
      throw new CommandFailure(`--executor: must be one of ${EXECUTORS.join(", ")}`);
    }
  }
}

/** Where the Runner runs, as far as the entry depends on it. */
export interface Host {
  platform: NodeJS.Platform;
  /** A build of the Runner for FIPS: its helper image is another one. */
  fips?: boolean;
}

/** Asks for what the executor needs, leaves the sections of the others out, and sets what registering sets by itself. */
export function finishEntry(interview: Interview, executor: string, host: Host): Table {
  for (const question of QUESTIONS[executor] ?? []) interview.fill(question);
  const entry = dropSections(interview.values.entry as Table, executor);
  if (usesDocker(executor)) {
    const docker = (entry.docker ?? {}) as Table;
    const volumes = addCacheVolume(executor, docker);
    entry.docker = volumes ? { ...docker, volumes } : docker;
  }
  const shell = defaultShell(executor, host.platform);
  if (shell && !entry.shell) entry.shell = shell;
  return host.fips ? addFipsHelper(entry) : entry;
}

function addFipsHelper(entry: Table): Table {
  const added: Table = { ...entry };
  for (const key of ["docker", "kubernetes"]) {
    const section = entry[key] as Table | undefined;
    if (section && !section.helper_image_flavor) added[key] = { ...section, helper_image_flavor: "ubi-fips" };
  }
  return added;
}
