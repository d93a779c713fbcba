import { isTellingItem, isTellingName } from "../../config/schema/tellingNames.js";
import { parseToml } from "../../config/toml.js";
import type { SshAccess, SshTarget, Target } from "../../delivery/target.js";
import { TomlSyntaxError } from "../../errors.js";
import { REDACTED, SecretFinder } from "../../secrets.js";
import type { ConfigTomlInputs } from "./spec.js";
import { makeShield } from "./state.js";

/**
 * Makes what commands on a host print fit to be shown: without the secrets of the arguments, those of the target, and
 * those of the file itself, which may be others' - `gitlab-runner list`, say, prints every token.
 */
export function makeScrubber(inputs: ConfigTomlInputs): (words: string, text: string) => string {
  return (words, text) => {
    const finder = new SecretFinder([...listTargetSecrets(inputs.target), ...listFileSecrets(text)].flatMap(eachLine));
    return makeShield("", inputs)
      .redact(finder.redact(words))
      .replace(/(:\/\/[^/\s:@]*:)[^/\s@]+@/g, `$1${REDACTED}@`);
  };
}

/** What was printed comes as one line. */
function eachLine(secret: string): string[] {
  return [secret, ...secret.split("\n").map((line) => line.trim())];
}

function listTargetSecrets({ ssh }: Target = {}): string[] {
  const texts = (access: SshTarget | SshAccess | undefined): (string | undefined)[] => {
    if (!access) return [];
    const { password, passphrase, privateKey, passwordEnv, passphraseEnv, privateKeyEnv, proxyJump } = access;
    const { sudoPassword, sudoPasswordEnv } = access as SshTarget;
    const named = [passwordEnv, passphraseEnv, privateKeyEnv, sudoPasswordEnv].map((name) => name && process.env[name]);
    return [password, passphrase, privateKey, sudoPassword, ...named, ...texts(proxyJump)];
  };
  return texts(ssh).filter((text): text is string => !!text);
}

function listFileSecrets(text: string): string[] {
  try {
    return collect(parseToml(text), false);
  } catch (error) {
    if (error instanceof TomlSyntaxError) return [];
    throw error;
  }
}

/** By name: what the Runner's own keys hold, and items such as `PASSWORD=…`. */
function collect(value: unknown, isSecret: boolean): string[] {
  if (typeof value === "string") {
    if (isSecret) return [value];
    return isTellingItem(value) ? [value.slice(value.indexOf("=") + 1)] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => collect(item, isSecret));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => collect(member, isSecret || isTellingName(key)));
}
