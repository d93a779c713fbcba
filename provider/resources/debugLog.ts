import * as pulumi from "@pulumi/pulumi";
import { isReporting } from "../lifecycle/report.js";

/** By this member a value on Pulumi's wire says that it is a secret. */
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

const GUARDED = Symbol.for("pulumi-gitlab-runner.guardedDebugLog");

type Debug = typeof pulumi.log.debug;

/**
 * With `--debug`, Pulumi's SDK logs the engine's whole answer to each registration, secrets in plain text (mended in
 * SDKs of autumn 2026: pulumi/pulumi#24478). Tokens are in those answers, so here an answer with a secret is left out.
 *
 * Without `--debug` the engine throws all of it away, but is sent it: several messages for each resource, one after the
 * other. The command `drift` never asks for them, so its programs send none.
 */
export function guardDebugLog(): void {
  const log = pulumi.log as { debug: Debug & { [GUARDED]?: true } };
  if (log.debug[GUARDED]) return;
  const { debug } = log;
  const guarded: Debug = isReporting()
    ? () => Promise.resolve()
    : (message, ...rest) => debug(leaveOutSecrets(message), ...rest);
  log.debug = Object.assign(guarded, { [GUARDED]: true as const });
}

function leaveOutSecrets(message: string): string {
  if (!message.includes(SECRET_SIGNATURE)) return message;
  return message.replace(/\b(resp|props): [\s\S]*$/, "$1: (left out by pulumi-gitlab-runner: it holds secrets)");
}
