import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makePrograms } from "../support/programs.js";
import { type SshServer, startSshServer } from "./sshServer.js";

/** A host whose user is not root, and becomes root by sudo. */
export interface SudoRules {
  /** What sudo asks for; without one it asks for none (NOPASSWD). */
  password?: string;
  /** Whether sudo's rules know the user at all. */
  isAllowed?: boolean;
}

const USER = "runner-test";
const ID = 64_123;
const mayBeReal =
  process.getuid?.() === 0 && existsSync("/usr/bin/sudo") && spawnSync("unshare", ["-m", "true"]).status === 0;

/**
 * With the real sudo, where the tests are run by a root that may mount: the host has its own passwd, shadow and sudoers, in a mount
 * namespace. Elsewhere with a script that asks and answers as sudo does.
 */
export function startSudoHost(rules: SudoRules): Promise<SshServer> {
  return mayBeReal ? startReal(rules) : startScripted(rules);
}

const MOUNTED = ["passwd", "group", "shadow", "sudoers"];

async function startReal({ password = "", isAllowed = true }: SudoRules): Promise<SshServer> {
  const within = (folder: string) => {
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, "home"));
    chownSync(join(folder, "home"), ID, ID);
    const hash = execFileSync("perl", ["-e", "my $p = <STDIN>; chomp $p; print crypt($p, q($6$saltsalt$))"], {
      input: `${password}\n`,
      encoding: "utf8",
    });
    const how = password === "" ? "NOPASSWD: ALL" : "ALL";
    write(folder, "passwd", `${USER}:x:${ID}:${ID}::${folder}/home:/bin/sh`, 0o644);
    write(folder, "group", `${USER}:x:${ID}:`, 0o644);
    write(folder, "shadow", `${USER}:${hash}:19000:0:99999:7:::`, 0o640);
    writeFileSync(
      join(folder, "sudoers"),
      `Defaults !fqdn\n${isAllowed ? `${USER} ALL=(ALL) ${how}\n` : "root ALL=(ALL) ALL\n"}`,
      { mode: 0o440 },
    );
    const mounts = MOUNTED.map((name) => `mount --bind ${folder}/${name} /etc/${name}`).join(" && ");
    return `exec unshare -m sh -c '${mounts} && exec "$@"' sh "$@"`;
  };
  return startSshServer({ within, user: USER });
}

function write(folder: string, name: string, line: string, mode: number): void {
  writeFileSync(join(folder, name), `${readFileSync(join("/etc", name), "utf8").trimEnd()}\n${line}\n`, { mode });
}

/** sudo's words and its way with a password, as `man sudo` has them for -n, -S, -k and -p. */
function startScripted({ password = "", isAllowed = true }: SudoRules): Promise<SshServer> {
  const sudo = `ask= prompt= word='${password.replaceAll("'", "'\\''")}'
while :; do case $1 in -n) shift ;; -k) shift ;; -S) ask=yes; shift ;; -p) prompt=$2; shift 2 ;; *) break ;; esac; done
if [ -n "$word" ]; then
  [ -n "$ask" ] || { echo 'sudo: a password is required' >&2; exit 1; }
  for try in 1 2 3; do
    printf '%s' "$prompt" >&2
    IFS= read -r given || exit 1
    [ "$given" = "$word" ] && break
    [ $try = 3 ] && { echo 'sudo: 3 incorrect password attempts' >&2; exit 1; }
    echo 'Sorry, try again.' >&2
  done
fi
${isAllowed ? 'exec "$@"' : `echo '${USER} is not in the sudoers file.' >&2; exit 1`}`;
  const programs = makePrograms({ sudo });
  return startSshServer({
    inPlace: () => `PATH=${programs}:$PATH; export PATH; exec sh -c "$SSH_ORIGINAL_COMMAND"`,
  });
}
