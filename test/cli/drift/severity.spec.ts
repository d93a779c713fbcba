import assert from "node:assert/strict";
import { judgeSeverity } from "../../../provider/cli/drift/severity.js";
import type { Difference } from "../../../provider/lifecycle/report.js";

describe("how much a difference matters", () => {
  const cases: [string, Difference][] = [
    ["critical", { path: "file", kind: "invalid" }],
    ["critical", { path: "runners.docker", kind: "missing" }],
    ["critical", { path: '[[runners]] "x" (url https://a.b, id 1)', kind: "foreign", observed: "present" }],
    ["critical", { path: "runners.docker.runner.token", kind: "token" }],
    ["critical", { path: "accessLevel", declared: "ref_protected", observed: "not_protected" }],
    ["major", { path: "accessLevel", declared: "not_protected", observed: "ref_protected" }],
    ["critical", { path: "runners.docker.docker.privileged", observed: true }],
    ["major", { path: "runners.docker.docker.privileged", declared: true }],
    [
      "critical",
      { path: 'runners["a.b"].kubernetes.initPermissionsContainerSecurityContext.privileged', observed: true },
    ],
    ["critical", { path: "runners.docker.docker.tlsVerify", declared: true }],
    ["major", { path: "runners.docker.docker.tlsVerify", observed: true }],
    ["major", { path: "paused", declared: false, observed: true }],
    ["major", { path: "tagList", declared: [], observed: ["a"] }],
    ["major", { path: "runners.docker.docker.image", declared: "a", observed: "b" }],
    ["major", { path: "runners.docker.executor", declared: "a", observed: "b" }],
    ["minor", { path: "concurrent", declared: 4, observed: 40 }],
    ["minor", { path: "runners.docker.limit", declared: 4, observed: 40 }],
    ["minor", { path: "runners.limit.runner.tokenExpiresAt" }],
    ["major", { path: "runners.docker.machine.limit" }],
    ["info", { path: "description", declared: "a", observed: "b" }],
    ["info", { path: "logLevel", declared: "info", observed: "debug" }],
    ["info", { path: "runners.name.name", declared: "a", observed: "b" }],
    ["major", { path: "runners.name.docker.services[0].name", declared: "a", observed: "b" }],
    ["major", { path: "some_new_key", observed: 1 }],
    ["major", { path: "constructor", observed: true }],
  ];
  for (const [severity, difference] of cases) {
    it(`${difference.path} = ${JSON.stringify(difference.observed)} is ${severity}`, () => {
      assert.equal(judgeSeverity(difference), severity);
    });
  }
});
