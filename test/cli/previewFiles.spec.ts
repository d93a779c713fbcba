import assert from "node:assert/strict";
import { renderPreview } from "../../provider/cli/previewFiles/render.js";
import type { Step } from "../../provider/cli/previewFiles/steps.js";
import { describeSteps } from "../../provider/cli/previewFiles.js";
import { type ConfigTomlInputs, render, writeText } from "../../provider/lifecycle/configToml/spec.js";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const url = "https://gitlab.example.com";

function inputs(entry: Record<string, unknown> = {}, rest: Record<string, unknown> = {}): Record<string, unknown> {
  const docker = { executor: "shell", runner: { url, id: 7, token: "[secret]" }, ...entry };
  return { path: "/etc/gitlab-runner/config.toml", concurrent: 4, runners: { docker }, ...rest };
}

const linesOf = (text: string, key: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith(`${key} =`) || line.startsWith(`"${key}" =`));

describe("the config.toml of a preview", () => {
  it("shows a mark for what the preview hides, whatever the kind of the setting", () => {
    const hidden = {
      runner: { url, id: UNKNOWN, token: UNKNOWN },
      limit: "[secret]",
      environment: ["A=1", "secretItems: runners.docker.environment[1]"],
      preBuildScript: UNKNOWN,
      docker: {
        image: UNKNOWN,
        privileged: "[secret]",
        memory: "[secret]",
        sysctls: "[secret]",
        services: [{ name: "a", alias: UNKNOWN }],
      },
      featureFlags: { FF_A: UNKNOWN },
      extraToml: "[secret]",
      template: UNKNOWN,
    };
    const rest = {
      checkInterval: UNKNOWN,
      target: { ssh: { host: UNKNOWN } },
      secretItems: { "runners.docker.environment[1]": "[secret]" },
      secretVersions: {
        "runners.docker.environment[1]": 2,
        "runners.docker.limit": 3,
        "runners.docker.runner.token": 1,
      },
    };
    const text = renderPreview(inputs(hidden, rest));
    for (const [key, value] of [
      ["id", '"[known after up]"'],
      ["token", '"[known after up]"'],
      ["limit", '"[secret, version 3]"'],
      ["environment", '["A=1", "[secret, version 2]"]'],
      ["pre_build_script", '"[known after up]"'],
      ["image", '"[known after up]"'],
      ["privileged", '"[secret]"'],
      ["sysctls", '"[secret]"'],
      ["feature_flags", '"[known after up]"'],
      ["alias", '"[known after up]"'],
      ["extraToml", '"[secret]"'],
      ["template", '"[known after up]"'],
      ["check_interval", '"[known after up]"'],
    ]) {
      assert.deepEqual(linesOf(text, String(key)), [`${key} = ${value}`], text);
    }
    assert.doesNotMatch(text, /secretItems|target|04da6b54/);
  });

  it("shows no secret that a program, a template or raw TOML has in plain text", () => {
    const secrets = [
      "hunter2",
      "AKIAfake",
      "s3cr3tfake",
      "dsnfake",
      "bearerfake",
      "urlpassfake",
      "extrafake",
      "glpat-fake",
    ];
    const entry = {
      environment: ["DB_PASSWORD=hunter2", "HTTP_PROXY=http://user:urlpassfake@proxy", "LANG=C"],
      cache: { s3: { accessKey: "AKIAfake", secretKey: "s3cr3tfake" } },
      template: '[[runners]]\n  [runners.kubernetes]\n    bearer_token = "bearerfake"\n',
      executor: "kubernetes",
      preGetSourcesScript: "curl -H 'PRIVATE-TOKEN: glpat-fake12345678' https://gitlab.example.com",
      extraToml: 'new_password = "extrafake"',
    };
    const text = renderPreview(inputs(entry, { sentryDsn: "dsnfake" }));
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} in\n${text}`);
    assert.match(
      text,
      /"DB_PASSWORD=\[secret [0-9a-f]{8}\]", "HTTP_PROXY=http:\/\/user:\[secret [0-9a-f]{8}\]@proxy", "LANG=C"/,
    );
    assert.match(text, /bearer_token = "\[secret [0-9a-f]{8}\]"/);
  });

  it("is what is written, byte for byte, where nothing is hidden", () => {
    const entry = {
      runner: { url, id: 7, token: { value: "" } },
      executor: "docker",
      docker: { image: "alpine:3.20", services: [{ name: "postgres" }] },
      template: "[[runners]]\n  request_concurrency = 3\n",
      extraToml: "new_key = 1",
    };
    const given = inputs(entry);
    const written = writeText("host", render(given as ConfigTomlInputs));
    assert.equal(renderPreview(given), written.replace(/^(#.*\n|\n)+/, ""));
  });
});

describe("the text of preview-files", () => {
  const step = (op: string, before?: Record<string, unknown>, after?: Record<string, unknown>): Step => ({
    op,
    type: "ConfigToml",
    name: "host",
    before,
    after,
  });

  it("is a unified diff of each file, with its host, and a line for each runner", async () => {
    const target = { target: { ssh: { host: "build-1" } } };
    const update = step("update", inputs({}, target), { ...inputs({ limit: 2 }, target), concurrent: 8 });
    const text = await describeSteps([{ op: "create", type: "Runner", name: "new\u001b" }, update]);
    assert.equal(
      text.split("\n").slice(0, 10).join("\n"),
      [
        "create Runner new\\u001b",
        "update ConfigToml host",
        "--- build-1:/etc/gitlab-runner/config.toml\tapplied",
        "+++ build-1:/etc/gitlab-runner/config.toml\tafter pulumi up",
        "@@ -1,4 +1,4 @@",
        "-concurrent = 4",
        "+concurrent = 8",
        " check_interval = 0",
        " shutdown_timeout = 0",
        " ",
      ].join("\n"),
    );
    assert.match(text, /\n- +limit = 0\n|\n\+ +limit = 2\n/);
  });

  it("shows a new file, one that goes, and one whose text stays", async () => {
    const fresh = await describeSteps([step("create", undefined, inputs())]);
    assert.match(fresh, /^create ConfigToml host\n--- \/dev\/null\tapplied\n\+\+\+ \/etc/);
    assert.equal(
      fresh.split("\n").some((line) => line.startsWith("-") && !line.startsWith("---")),
      false,
    );
    assert.match(await describeSteps([step("delete", inputs())]), /\+\+\+ \/dev\/null\tafter pulumi up\n@@/);
    const same = await describeSteps([step("update", inputs(), inputs({}, { replaceExisting: true }))]);
    assert.equal(same, "update ConfigToml host\n  the text of the file stays as it is\n");
    assert.equal(await describeSteps([]), "nothing would change\n");
  });

  it("shows that a secret in plain text changed, wherever it stands", async () => {
    const changes = [
      ["http://user:one@proxy", "http://user:other@proxy"],
      ["PASSWORD=one", "PASSWORD=other"],
      ["curl glpat-one12345678", "curl glpat-other12345678"],
    ];
    for (const [one, other] of changes) {
      const text = await describeSteps([
        step("update", inputs({ environment: [one] }), inputs({ environment: [other] })),
      ]);
      assert.match(text, /\n- +environment = .*\[secret [0-9a-f]{8}\].*\n\+ +environment = /, text);
      assert.doesNotMatch(text, /one|other/);
    }
  });

  it("tells a secret that changed by its version", async () => {
    const version = (count: number) => inputs({}, { secretVersions: { "runners.docker.runner.token": count } });
    const text = await describeSteps([step("update", version(1), version(2))]);
    assert.match(text, /-\s+token = "\[secret, version 1\]"[\s\S]*\+\s+token = "\[secret, version 2\]"/);
  });
});
