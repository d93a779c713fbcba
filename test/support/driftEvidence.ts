import type { Evidence } from "../../provider/cli/drift/judge.js";
import type { StateResource } from "../../provider/cli/drift/stackState.js";
import type { Difference, Finding } from "../../provider/lifecycle/report.js";

const GITLAB = "https://gitlab.example.com";

interface Told {
  state: StateResource;
  finding?: Finding;
}

/** What a run of `drift` gathered, made of these resources. */
export function makeEvidence(told: readonly Told[], more: Partial<Evidence> = {}): Evidence {
  const findings = told.flatMap(({ finding }) => (finding ? [finding] : []));
  return {
    startedAt: new Date("2026-11-24T06:00:00.123Z"),
    state: { project: "runners", stack: "prod", resources: told.map(({ state }) => state) },
    preview: { run: { code: 0, stdout: "", stderr: "" }, findings },
    ignores: [],
    locate: ({ file, line }) => ({ file: `infra/${file}`, line }),
    ...more,
  };
}

/** A runner, as applied unless told otherwise. */
export function makeRunner(name: string, id: number, found: Partial<Finding> = {}, url = GITLAB): Told {
  const type = "Runner";
  const link = `${url}/admin/runners/${id}`;
  const state = { urn: urnOf(type, name), name, type, id: `${id}`, url, identity: name, link, place: placeOf(14) };
  return { state, finding: { type, id: `${id}`, url, identity: name, ...judged(found) } };
}

/** A file on a host, as applied unless told otherwise. */
export function makeFile(name: string, host: string | undefined, found: Partial<Finding> = {}): Told {
  const type = "ConfigToml";
  const id = Buffer.from(name).toString("hex").padEnd(16, "0").slice(-16);
  const path = "/etc/gitlab-runner/config.toml";
  const state = { urn: urnOf(type, name), name, type, id, path, host, place: placeOf(31) };
  return { state, finding: { type, id, ...judged(found) } };
}

function placeOf(line: number) {
  return { file: "index.ts", line };
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:prod::runners::pulumi-nodejs:dynamic/gitlab-runner:${type}::${name}`;
}

function judged(found: Partial<Finding>): Pick<Finding, "result"> & Partial<Finding> {
  return { result: found.differences ? "drifted" : "clean", ...found };
}

function differ(path: string, declared: unknown, observed: unknown, more: Partial<Difference> = {}): Difference {
  return { path, declared, observed, ...more };
}

/** A fleet as a company may have it, on a bad morning: two GitLabs, machines in three places, a cluster. */
export function makeFleet(): Evidence {
  const partner = "https://git.partner.example";
  const builders = Array.from({ length: 24 }, (_, index) => {
    const name = `linux-${String(index + 1).padStart(2, "0")}`;
    return makeRunner(name, 401 + index, BUILDERS[name]);
  });
  const others = [
    makeRunner("macos-ios", 455, {
      notices: ["its token will be reset by the next update: it expires at 2026-11-26T09:00:00Z"],
    }),
    makeRunner("windows-signing", 456, { differences: [differ("accessLevel", "ref_protected", "not_protected")] }),
    makeRunner("gpu-training", 457, { result: "gone" }),
    makeRunner("k8s-general", 458, { differences: [differ("tagList", ["k8s", "linux"], ["k8s"])] }),
    makeRunner("partner-handover", 12, {}, partner),
    makeRunner("partner-release", 13, {}, partner),
  ];
  const hosts = ["ber-ci-1", "ber-ci-2", "ber-ci-3", "ber-ci-4", "muc-ci-1", "muc-ci-2", "lon-ci-1", "lon-ci-2"];
  const files = hosts.map((host) => makeFile(host, `deploy@${host}.example.com`, FILES[host]));
  return makeEvidence([...builders, ...others, ...files, makeFile("lab", undefined)]);
}

const BUILDERS: Readonly<Record<string, Partial<Finding>>> = {
  "linux-03": {
    differences: [differ("paused", false, true), differ("maintenanceNote", "", "disk full, see OPS-1187 <joe>")],
  },
  "linux-11": { differences: [differ("description", "linux builder 11", "linux builder 11 (do not use)")] },
  "linux-17": { differences: [differ("maximumTimeout", 3600, 86400)] },
};

const FILES: Readonly<Record<string, Partial<Finding>>> = {
  "ber-ci-2": {
    differences: [
      differ("concurrent", 8, 40, { line: 3 }),
      differ("runners.linux-03.docker.privileged", undefined, true, { line: 41 }),
      differ("runners.linux-03.docker.volumes", ["/cache"], ["/cache", "/var/run/docker.sock:/var/run/docker.sock"], {
        line: 44,
      }),
      differ("runners.linux-04.environment", ["HTTP_PROXY=hmac-sha256:0f3c2a9d1be47701"], undefined, { line: 52 }),
    ],
  },
  "muc-ci-1": {
    differences: [
      differ('[[runners]] "old-builder" (url https://git.old.example, id 3)', undefined, "present", {
        kind: "foreign",
        line: 58,
      }),
      differ("runners.linux-09.runner.token", "hmac-sha256:aa41c0de00b7e913", "hmac-sha256:17fe20aa9c0d5b62", {
        kind: "token",
        line: 17,
      }),
    ],
  },
  "lon-ci-1": {
    result: "unknown",
    reason:
      "path: /etc/gitlab-runner/config.toml on deploy@lon-ci-1.example.com cannot be read: connect ETIMEDOUT 192.0.2.44:22. Is the host up, and its port open from here?",
  },
  "lon-ci-2": { result: "gone" },
};
