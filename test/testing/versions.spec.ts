import assert from "node:assert/strict";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { ask } from "./graphql/support.js";
import { openGitLab, personWith, send } from "./support.js";

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
    [
      "§1.1 fine-grained tokens",
      "18.11.4-ee",
      "19.0.0-ee",
      async (gitlab) => {
        const { token } = gitlab.createToken({ userId: gitlab.userId, permissions: ["read_runner"] });
        const { status, body } = await send(gitlab, "GET /runners", { token });
        if (status !== 200) assert.deepEqual([status, body.error], [403, "insufficient_scope"]);
        return status === 200;
      },
    ],
    [
      "§1.4 the 404 that names the runner",
      "18.11.4-ee",
      "19.0.0-ee",
      async (gitlab) => {
        const { status, body } = await send(gitlab, "GET /runners/99");
        assert.equal(status, 404);
        assert.ok(["404 Runner Not Found", "404 Not found"].includes(String(body.message)));
        return body.message === "404 Runner Not Found";
      },
    ],
    [
      "§1.6 RateLimit headers on answers below the limit",
      "18.5.5-ee",
      "18.6.0-ee",
      async (gitlab) => {
        gitlab.settings.authenticatedThrottle = { requests: 1, periodSeconds: 3600 };
        gitlab.clock.stop();
        const { status, headers } = await send(gitlab, "GET /runners");
        const limited = await send(gitlab, "GET /runners");
        assert.deepEqual([status, limited.status, limited.headers.get("ratelimit-remaining")], [200, 429, "0"]);
        return headers.has("ratelimit-remaining");
      },
    ],
    [
      "§2.1 ip_address null instead of the machine's address",
      "16.11.0-ee",
      "17.0.0-ee",
      async (gitlab) => {
        await askForJob(gitlab);
        const address = (await send(gitlab, "GET /runners/1")).body.ip_address;
        assert.ok(address === null || address === "127.0.0.1");
        return address === null;
      },
    ],
    [
      "§2.2 include_projects",
      "18.5.5-ee",
      "18.6.0-ee",
      async (gitlab) => !("projects" in (await send(gitlab, "GET /runners/1?include_projects=false")).body),
    ],
    [
      "§2.2 a maintenance_note that not every reader sees",
      "18.2.9-ee",
      "18.3.0-ee",
      async (gitlab) => {
        await send(gitlab, "PUT /runners/1", { json: { maintenance_note: "ours" } });
        const token = personWith(gitlab);
        const shown = (await send(gitlab, "GET /runners/1", { token })).body.maintenance_note;
        const query = `{ runner(id: "gid://gitlab/Ci::Runner/1") { maintenanceNote } }`;
        const { data } = await ask(gitlab, query, { token });
        assert.deepEqual(data, { runner: { maintenanceNote: shown } });
        assert.ok(shown === null || shown === "ours");
        return shown === null;
      },
    ],
    [
      "§2.5 maintenance_note by PUT and GET",
      "16.9.0-ee",
      "16.10.0-ee",
      async (gitlab) => {
        const { status, body } = await send(gitlab, "PUT /runners/1", { json: { maintenance_note: "ours" } });
        if (status === 400) assert.match(String(body.error), /maximum_timeout are missing, at least one/);
        const isShown = "maintenance_note" in (await send(gitlab, "GET /runners/1")).body;
        assert.equal(gitlab.runners.get(1).maintenanceNote, status === 200 ? "ours" : null);
        assert.equal(isShown, status === 200);
        return isShown;
      },
    ],
    [
      "§2.5 a maintenance_note above 255 characters",
      "15.0.0-ee",
      "15.1.0-ee",
      async (gitlab) => {
        const make = (length: number) =>
          send(gitlab, "POST /runners", {
            token: null,
            json: { token: gitlab.settings.registrationToken, maintenance_note: "n".repeat(length) },
          });
        assert.equal((await make(255)).status, 201);
        const { status, body } = await make(256);
        const tooLong = { maintenance_note: ["is too long (maximum is 255 characters)"] };
        if (status !== 201) assert.deepEqual([status, body], [400, { message: tooLong }]);
        return status === 201;
      },
    ],
    [
      "§4 GET /runners/all for auditors",
      "18.0.0-ee",
      "18.1.0-ee",
      async (gitlab) => {
        const { status } = await send(gitlab, "GET /runners/all", { token: personWith(gitlab, { auditor: true }) });
        assert.equal((await send(gitlab, "GET /runners/all")).status, 200);
        return status === 200;
      },
    ],
    [
      "§4 lists of runners for a Security Manager",
      "18.11.4-ee",
      "19.0.0-ee",
      async (gitlab) => {
        const token = personWith(gitlab, { role: "security_manager", groupId: gitlab.groupId });
        const ofGroup = await send(gitlab, `GET /groups/${gitlab.groupId}/runners`, { token });
        const ofProject = await send(gitlab, `GET /projects/${gitlab.projectId}/runners`, { token });
        assert.equal(ofGroup.status, ofProject.status);
        return ofGroup.status === 200;
      },
    ],
    [
      "§4 GET /runners/:id/projects",
      "18.5.5-ee",
      "18.6.0-ee",
      async (gitlab) => {
        const { status, body } = await send(gitlab, "GET /runners/1/projects");
        if (status !== 200) assert.deepEqual([status, body], [404, { error: "404 Not Found" }]);
        return status === 200;
      },
    ],
    [
      "§6 a contact that outlives the last manager",
      "18.11.4-ee",
      "19.0.0-ee",
      async (gitlab) => {
        await askForJob(gitlab);
        const json = { token: gitlab.runners.get(1).token, system_id: "s_1" };
        assert.equal((await send(gitlab, "DELETE /runners/managers", { token: null, json })).status, 204);
        return (await send(gitlab, "GET /runners/1")).body.contacted_at !== null;
      },
    ],
    [
      "§7 externalK8sProxyUrl",
      "17.5.0-ee",
      "17.6.0-ee",
      async (gitlab) => "externalK8sProxyUrl" in ((await send(gitlab, "GET /metadata")).body.kas as object),
    ],
    [
      "§7 expired and granular of a token",
      "18.11.4-ee",
      "19.0.0-ee",
      async (gitlab) => {
        const { body } = await send(gitlab, "GET /personal_access_tokens/self");
        assert.equal("expired" in body, "granular" in body);
        return "granular" in body;
      },
    ],
    [
      "§8 routable tokens",
      "17.11.0-ee",
      "18.0.0-ee",
      async (gitlab) => {
        const token = await newToken(gitlab);
        assert.match(token, /^glrt-(t1_.{20}|.+\.01\.[0-9a-z]{9})$/);
        return token.includes(".01.");
      },
    ],
    [
      "§8 the type in a token",
      "17.6.0-ee",
      "17.7.0-ee",
      async (gitlab) => {
        const token = await newToken(gitlab);
        if (!token.includes(".01.")) assert.match(token, /^glrt-(t1_)?[A-Za-z0-9_-]{20}$/);
        return token.includes(".01.") || token.startsWith("glrt-t1_");
      },
    ],
    [
      "§8 glrtr- before the token of a registration token",
      "17.10.0-ee",
      "17.11.0-ee",
      async (gitlab) => {
        const json = { token: gitlab.settings.registrationToken };
        const token = String((await send(gitlab, "POST /runners", { token: null, json })).body.token);
        assert.match(token, /^(t1_[A-Za-z0-9_-]{20}|glrtr-.+)$/);
        return token.startsWith("glrtr-");
      },
    ],
    [
      "§8 an instance's own prefix",
      "18.5.5-ee",
      "18.6.0-ee",
      async (gitlab) => {
        gitlab.settings.instanceTokenPrefix = "acme";
        return /^acme-glrt-/.test(await newToken(gitlab));
      },
    ],
  ];

async function newToken(gitlab: StandInGitLab): Promise<string> {
  return String((await send(gitlab, "POST /user/runners", { json: { runner_type: "instance_type" } })).body.token);
}

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
        ["19.4.0-ee", true],
      ] as const) {
        const gitlab = await open(version);
        gitlab.createRunner({ runnerType: "instance_type" });
        assert.equal(await look(gitlab), isThere, version);
      }
    });
  }

  it("§10.9 the text of the 404 and the form of tokens can be chosen against the version", async () => {
    const gitlab = await open("19.2.0-ee");
    gitlab.settings.runnerNotFoundMessage = "404 Not found";
    gitlab.settings.runnerTokenForm = "plain";
    assert.deepEqual((await send(gitlab, "GET /runners/99")).body, { message: "404 Not found" });
    assert.match(await newToken(gitlab), /^glrt-[A-Za-z0-9_-]{20}$/);
  });

  it("plays GitLab 19 unless it is told otherwise: the reference marks what is of 18", async () => {
    const gitlab = await openGitLab();
    assert.match(String((await send(gitlab, "GET /version")).body.version), /^19\.\d+\.\d+-ee$/);
  });
});
