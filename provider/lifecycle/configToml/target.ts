import { z } from "zod";
import { isWindowsPath } from "../../delivery/target.js";
import type { Problem } from "../../errors.js";
import { isUnknown } from "../check.js";
import type { Properties } from "../method.js";

const text = z.string({ error: "must be text" });
const name = text.refine((value) => value.trim() !== "", { error: "must not be blank" });

const host = name.refine((value) => !/[\s@/]/.test(value) && !/^[^:]*:\d+$/.test(value), {
  error: "must be a name or an address alone: user and port have arguments of their own",
});

const VARIABLE = /^[A-Za-z_]\w*$/;

const variable = text
  .regex(VARIABLE, { error: "must be the name of an environment variable, not the secret itself" })
  .optional();

/** One line: a server, or sudo, reads it up to the end of the line. */
const password = text
  .min(1, { error: "must not be empty" })
  .refine((value) => !/[\r\n\0]/.test(value), { error: "must be one line" })
  .optional();

const timeout = z
  .number({ error: "must be a number of seconds" })
  .min(1, "must be at least 1 second")
  .max(3600, "must be at most 3600 seconds")
  .optional();

const ACCESS = {
  host,
  port: z
    .int({ error: "must be a port, from 1 to 65535" })
    .min(1, "must be at least 1")
    .max(65535, "must be at most 65535")
    .optional(),
  user: name,
  privateKeyPath: name.optional(),
  privateKeyEnv: text
    .regex(VARIABLE, { error: "must be the name of an environment variable, not the key itself" })
    .optional(),
  privateKey: name.optional(),
  passphrase: password,
  passphraseEnv: variable,
  password,
  passwordEnv: variable,
  agent: name.optional(),
  knownHosts: name.optional(),
  hostKey: text
    .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, { error: 'must be a fingerprint as "ssh-keygen -lf" shows it: SHA256:…' })
    .optional(),
  timeout,
};

const jump: z.ZodType = z.lazy(() =>
  z.strictObject({ ...ACCESS, proxyJump: jump.optional() }, { error: "must be { host, user, … }" }),
);

const ssh = z.strictObject(
  {
    ...ACCESS,
    proxyJump: jump.optional(),
    sudo: z.boolean({ error: "must be true or false" }).optional(),
    sudoPassword: password,
    sudoPasswordEnv: variable,
    transfer: z.enum(["auto", "exec", "sftp"], { error: 'must be "auto", "exec" or "sftp"' }).optional(),
  },
  { error: "must be { host, user, … }" },
);

const volume = text.regex(/^[A-Za-z0-9][\w.-]+$/, { error: "must be the name of a Docker volume" });

const hook = name.refine((value) => !/\p{Cc}/u.test(value), { error: "must be one line, without control characters" });

export const targetShape = z.strictObject(
  {
    ssh: ssh.optional(),
    local: z.strictObject({ timeout }, { error: "must be {} or { timeout }" }).optional(),
    docker: z.strictObject({ volume }, { error: "must be { volume }" }).optional(),
    check: z.literal("gitlab-runner", { error: 'must be "gitlab-runner"' }).optional(),
    hook: hook.optional(),
  },
  { error: "must be { ssh: { host, user, … } }, { local: {} } or { docker: { volume } }" },
);

/** The ways to log in, of which there is one. */
const LOGINS = ["privateKeyPath", "privateKeyEnv", "privateKey", "password", "passwordEnv", "agent"];

/** What the shape of a target alone does not tell. */
export function checkTarget({ target, path, secretPaths }: Properties): Problem[] {
  if (!isObject(target)) return [];
  return [
    ...checkMachine(target),
    ...checkPath(path, target),
    ...checkAccess(target.ssh, "target.ssh"),
    ...checkSudo(target.ssh),
    ...checkCommands(target),
    ...checkHook(secretPaths),
  ];
}

function checkMachine({ ssh, local, docker }: Properties): Problem[] {
  if (ssh !== undefined && local !== undefined)
    return [{ path: "target", message: "has both ssh and local, which is this machine: keep one" }];
  if ([ssh, local, docker].some((one) => one !== undefined)) return [];
  return [{ path: "target.ssh", message: "is missing: name a machine, by ssh: { host, user }, local: {} or docker" }];
}

function checkPath(path: unknown, { ssh, docker }: Properties): Problem[] {
  if (typeof path !== "string" || isUnknown(path)) return [];
  const problems: Problem[] = [];
  const say = (message: string) => problems.push({ path: "path", message });
  if (docker !== undefined) {
    if (/^[\\/]|^[A-Za-z]:/.test(path) || path.split(/[\\/]/).includes(".."))
      say("must lie in the volume, such as config.toml: it counts from the volume's own folder");
  } else if (ssh !== undefined && !path.startsWith("/") && !isWindowsPath(path)) {
    say('must begin with "/" with a target: it is a path there; on Windows with a drive, such as C:\\GitLab-Runner');
  }
  if (/\p{Cc}/u.test(path)) say("must not hold line ends or other control characters");
  if (isObject(ssh) && isWindowsPath(path) && (ssh.sudo === true || ssh.transfer === "exec"))
    say("is one of Windows, which is reached by SFTP: leave out sudo, and transfer");
  return problems;
}

/** Whoever lists the processes there sees it. */
function checkHook(secretPaths: unknown): Problem[] {
  if (!Array.isArray(secretPaths) || !secretPaths.includes("target.hook")) return [];
  return [
    {
      path: "target.hook",
      message: "is a secret, but everybody on the machine can see a command: let it read the secret from a file there",
    },
  ];
}

function checkSudo(ssh: unknown): Problem[] {
  if (!isObject(ssh)) return [];
  const { sudo, sudoPassword, sudoPasswordEnv, transfer } = ssh;
  const problems: Problem[] = [];
  const add = (member: string, message: string) => problems.push({ path: `target.ssh.${member}`, message });
  if (sudoPassword !== undefined && sudoPasswordEnv !== undefined)
    add("sudoPasswordEnv", "does not go with sudoPassword: keep one");
  if (sudo === undefined || sudo === false) {
    for (const member of ["sudoPassword", "sudoPasswordEnv"])
      if (ssh[member] !== undefined) add(member, "does nothing without sudo: set sudo: true, or leave it out");
  }
  if (sudo === true && transfer === "sftp") add("transfer", 'must not be "sftp" with sudo, which SFTP does not know');
  return problems;
}

/** What runs commands on the machine. */
function checkCommands({ ssh, docker, check, hook }: Properties): Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, message: string) => problems.push({ path: `target.${path}`, message });
  if (docker !== undefined && check !== undefined)
    add("check", "does not go with docker, whose gitlab-runner is in a container: leave it out");
  if (isObject(ssh) && ssh.transfer === "sftp") {
    const needing = Object.entries({ docker, check, hook }).filter(([, value]) => value !== undefined);
    for (const [member] of needing) add(member, 'needs commands there, which transfer: "sftp" rules out');
  }
  return problems;
}

function checkAccess(access: unknown, place: string): Problem[] {
  if (!isObject(access)) return [];
  const problems = checkAccess(access.proxyJump, `${place}.proxyJump`);
  const logins = LOGINS.filter((login) => access[login] !== undefined);
  if (logins.length > 1) {
    problems.push({ path: place, message: `has several ways to log in (${logins.join(", ")}): keep one` });
  }
  if (access.passphrase !== undefined && access.passphraseEnv !== undefined)
    problems.push({ path: `${place}.passphraseEnv`, message: "does not go with passphrase: keep one" });
  if (["passphrase", "passphraseEnv"].some((one) => access[one] !== undefined) && !hasKey(access))
    problems.push({ path: place, message: "has a passphrase, but no key: give privateKeyPath, or leave it out" });
  if (access.hostKey !== undefined && access.knownHosts !== undefined) {
    problems.push({
      path: `${place}.knownHosts`,
      message: "does not go with hostKey, which names the one right key: keep one",
    });
  }
  return problems;
}

function hasKey(access: Properties): boolean {
  return ["privateKeyPath", "privateKeyEnv", "privateKey"].some((one) => access[one] !== undefined);
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
