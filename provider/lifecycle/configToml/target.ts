import { z } from "zod";
import type { Problem } from "../../errors.js";
import { isUnknown } from "../check.js";
import type { Properties } from "../method.js";

const text = z.string({ error: "must be text" });
const name = text.refine((value) => value.trim() !== "", { error: "must not be blank" });

const host = name.refine((value) => !/[\s@/]/.test(value) && !/^[^:]*:\d+$/.test(value), {
  error: "must be a name or an address alone: user and port have arguments of their own",
});

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
    .regex(/^[A-Za-z_]\w*$/, { error: "must be the name of an environment variable, not the key itself" })
    .optional(),
  privateKey: name.optional(),
  password: text.min(1, { error: "must not be empty" }).optional(),
  agent: name.optional(),
  knownHosts: name.optional(),
  hostKey: text
    .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, { error: 'must be a fingerprint as "ssh-keygen -lf" shows it: SHA256:…' })
    .optional(),
  timeout: z
    .number({ error: "must be a number of seconds" })
    .min(1, "must be at least 1 second")
    .max(3600, "must be at most 3600 seconds")
    .optional(),
};

const jump: z.ZodType = z.lazy(() =>
  z.strictObject({ ...ACCESS, proxyJump: jump.optional() }, { error: "must be { host, user, … }" }),
);

const sudo = z.boolean({ error: "must be true or false" }).optional();

const ssh = z.strictObject({ ...ACCESS, sudo, proxyJump: jump.optional() }, { error: "must be { host, user, … }" });

export const targetShape = z.strictObject({ ssh }, { error: "must be { ssh: { host, user, … } }" });

/** The ways to log in, of which there is one. */
const LOGINS = ["privateKeyPath", "privateKeyEnv", "privateKey", "password", "agent"];

/** What the shape of a target alone does not tell. */
export function checkTarget({ target, path }: Properties): Problem[] {
  if (!isObject(target)) return [];
  return [...checkPath(path), ...checkAccess(target.ssh, "target.ssh")];
}

function checkPath(path: unknown): Problem[] {
  if (isUnknown(path)) return [];
  if (path === undefined) {
    return [
      {
        path: "path",
        message: "is missing: with a target it is the file's path there, such as /etc/gitlab-runner/config.toml",
      },
    ];
  }
  if (typeof path !== "string") return [];
  const problems: Problem[] = [];
  if (!path.startsWith("/"))
    problems.push({ path: "path", message: 'must begin with "/" with a target: it is a path there' });
  if (/\p{Cc}/u.test(path))
    problems.push({ path: "path", message: "must not hold line ends or other control characters" });
  return problems;
}

function checkAccess(access: unknown, place: string): Problem[] {
  if (!isObject(access)) return [];
  const problems = checkAccess(access.proxyJump, `${place}.proxyJump`);
  const logins = LOGINS.filter((login) => access[login] !== undefined);
  if (logins.length > 1) {
    problems.push({ path: place, message: `has several ways to log in (${logins.join(", ")}): keep one` });
  }
  if (access.hostKey !== undefined && access.knownHosts !== undefined) {
    problems.push({
      path: `${place}.knownHosts`,
      message: "does not go with hostKey, which names the one right key: keep one",
    });
  }
  return problems;
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
