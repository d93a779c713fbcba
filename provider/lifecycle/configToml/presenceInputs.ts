import { z } from "zod";
import { parseDuration } from "../../config/duration.js";
import type { Problem } from "../../errors.js";
import { formatPath } from "../../path.js";
import { isUnknown } from "../check.js";
import type { Properties } from "../method.js";
import { isAddressOf, trySettings } from "../settings.js";
import { SYSTEM_ID } from "./systemId.js";

const duration = z.custom<string>((value) => typeof value === "string" && (parseDuration(value) ?? -1n) >= 0n, {
  error: 'must be a duration with units, such as "90s" or "5m"',
});

/** Arguments that are about the machine as GitLab knows it. */
export const PRESENCE = {
  systemId: z
    .string({ error: "must be text" })
    .regex(SYSTEM_ID, {
      error:
        'must be "s_" or "r_" and 12 letters or digits: GitLab Runner puts one of its own in the place of anything else',
    })
    .optional(),
  unregisterManagers: z.boolean({ error: "must be true or false" }).optional(),
  waitForContact: z
    .strictObject({ timeout: duration.optional() }, { error: "must be { timeout }, which is optional" })
    .optional(),
  onUnreachable: z.enum(["fail", "forget"], { error: 'must be "fail" or "forget"' }).optional(),
};

/** What each of them needs to have any meaning. */
export function checkPresence(inputs: Properties): Problem[] {
  const { path, target, onUnreachable } = inputs;
  const given = ["systemId", "unregisterManagers", "waitForContact"].filter((name) => inputs[name] !== undefined);
  const problems = given.map((name) => ({
    path: name,
    message: "does not go with the text alone: there is no machine that is known here. Leave it out, or set path",
  }));
  const isWithoutHost = onUnreachable === "forget" && target === undefined;
  const message = "needs a target: this machine is always reached. Leave it out";
  return [
    ...(path === undefined && target === undefined ? problems : []),
    ...(isWithoutHost ? [{ path: "onUnreachable", message }] : []),
    ...checkContact(inputs),
  ];
}

/** Managers are read with the configured token, and that must not go to another GitLab. */
function checkContact({ waitForContact, runners }: Properties): Problem[] {
  if (waitForContact === undefined || typeof runners !== "object" || runners === null) return [];
  const { settings, problems } = trySettings();
  if (!settings) return problems.map(({ message }) => ({ path: "waitForContact", message }));
  return Object.entries(runners as Record<string, { runner?: { url?: unknown } } | null>).flatMap(([key, entry]) => {
    const url = entry?.runner?.url;
    if (typeof url !== "string" || isUnknown(url) || isAddressOf(settings, url)) return [];
    const message = `is of another GitLab than the configured one (${settings.address}), which alone waitForContact can ask: leave that out, or put this entry into a ConfigToml of its own`;
    return [{ path: formatPath(["runners", key, "runner"]), message }];
  });
}
