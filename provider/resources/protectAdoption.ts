import * as pulumi from "@pulumi/pulumi";
import { convertTable } from "./deferred.js";
import type { AdoptArgs } from "./runnerArgs.js";

/** The token is a secret also where a program does not say so. */
export function protectAdoption<T extends { adopt?: AdoptArgs }>(args: T): T {
  const { adopt } = args;
  if (adopt === undefined) return args;
  return { ...args, adopt: convertTable(adopt, (known) => ({ ...known, token: pulumi.secret(known.token) })) };
}
