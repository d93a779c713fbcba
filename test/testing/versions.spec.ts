import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { openGitLab, send } from "./support.js";

const open = (version: string) => openGitLab({ settings: { version, runnerJobsRequestApiLimit: 1 } });

/** What came with a version: its title, the last version without it and the first with it, and what there is. */
const milestones: [title: string, before: string, since: string, look: (gitlab: StandInGitLab) => Promise<boolean>][] =
  [
    [
      "§2.1 job_execution_status of a runner",
      "18.2.9-ee",
      "18.3.0-ee",
      async (gitlab) => "job_execution_status" in ((await send(gitlab, "GET /runners/all")).list[0] ?? {}),
    ],
    [
      "§2.3 job_execution_status of a manager",
      "18.2.9-ee",
      "18.3.0-ee",
      async (gitlab) => {
        await askForJob(gitlab);
        return "job_execution_status" in ((await send(gitlab, "GET /runners/1/managers")).list[0] ?? {});
      },
    ],
    [
      "§1.6 a limit of requests for jobs",
      "18.4.3-ee",
      "18.5.0-ee",
      async (gitlab) => [await askForJob(gitlab), await askForJob(gitlab)].includes(429),
    ],
    [
      "§6 GET /runners/router/discovery",
      "18.6.0-ee",
      "18.7.0-ee",
      async (gitlab) => {
        const headers = { "Runner-Token": gitlab.runners.get(1).token };
        const { status, body } = await send(gitlab, "GET /runners/router/discovery", { token: null, headers });
        if (status === 404) assert.deepEqual(body, { error: "404 Not Found" });
        return status === 501;
      },
    ],
    [
      "§3 token_expires_at on creation",
      "18.9.0-ee",
      "18.10.0-ee",
      async (gitlab) => {
        const token_expires_at = new Date(gitlab.clock.now().getTime() + 3_600_000).toISOString();
        const json = { runner_type: "instance_type", token_expires_at };
        const { status, body } = await send(gitlab, "POST /user/runners", { json });
        assert.equal(status, 201);
        return body.token_expires_at === token_expires_at;
      },
    ],
  ];

async function askForJob(gitlab: StandInGitLab): Promise<number> {
  const json = { token: gitlab.runners.get(1).token, system_id: "s_1" };
  return (await send(gitlab, "POST /jobs/request", { token: null, json })).status;
}

describe("stand-in GitLab: what came with which version", () => {
  for (const [title, before, since, look] of milestones) {
    it(`${title} is there from ${since} on`, async () => {
      for (const [version, isThere] of [
        [before, false],
        [since, true],
        ["19.2.0-ee", true],
      ] as const) {
        const gitlab = await open(version);
        gitlab.createRunner({ runnerType: "instance_type" });
        assert.equal(await look(gitlab), isThere, version);
      }
    });
  }
});
