import { advise } from "./adviseInstead.js";
import type { GitLabClient } from "./client.js";
import type { RunnerAttributes } from "./runners.js";
import { readToken, type TokenReply } from "./runnerTokens.js";

const SETTINGS = "https://docs.gitlab.com/administration/settings/continuous_integration/";
const SCOPE = "https://docs.gitlab.com/ci/runners/runners_scope/";
const BETTER = "Better: leave registrationToken out and give runnerType, as GitLab recommends";

const REGISTRATION_ADVICE = {
  403:
    "GitLab does not know this registration token (mistyped, reset since, of another GitLab, or some other kind of token), " +
    "or an administrator does not let members of its group or project register runners. Ask an administrator to check that " +
    `the token is valid, and that registration is permitted for the instance, the group and the project: ${SETTINGS}` +
    `#restrict-runner-registration-by-all-members-in-a-group. ${BETTER}`,
  410:
    "Registration tokens are switched off: by an administrator for the whole instance (Admin > Settings > CI/CD > Runners: " +
    "allow runner registration tokens), or by an Owner of the top-level group, for the group and all its projects (Settings > CI/CD > " +
    `Runners). Ask them to allow it: instance ${SETTINGS}#allow-runner-registrations-tokens, group and project ${SCOPE}` +
    `#enable-use-of-runner-registration-tokens-in-projects-and-groups. ${BETTER}`,
};

const HOLDER = { scope: "", role: "whoever holds a valid registration token" };

const LOST_REGISTRATION =
  "GitLab may have registered the runner all the same: look for one that was never contacted, and delete it, before you try again";

/** What a registration sends besides its token. */
export type Registration = Partial<Omit<RunnerAttributes, "tag_list">> & {
  /** With commas, as `gitlab-runner register` sends it. */
  tag_list?: string;
};

/**
 * Creates a runner with a registration token, which decides whose it is.
 * @see https://docs.gitlab.com/api/runners/#create-a-runner
 */
export async function registerRunner(
  client: GitLabClient,
  registrationToken: string,
  { attributes, secrets }: { attributes: Registration; secrets: readonly string[] },
): Promise<TokenReply> {
  const body = { token: registrationToken, ...attributes };
  const call = { verb: "POST", path: "/runners", body, needs: HOLDER, ifUncertain: LOST_REGISTRATION } as const;
  return readToken(client, call.path, await advise(client.send({ ...call, secrets }), REGISTRATION_ADVICE));
}
