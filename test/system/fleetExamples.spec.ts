import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import ssh2 from "ssh2";
import { parseToml } from "../../provider/config/toml.js";
import type { Table } from "../../provider/config/value.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { installExample, loadExample } from "../support/examples.js";
import { makeGitLab } from "../support/gitlab.js";
import { startSmallSshServer } from "../support/sshServer.js";
import { TestStack } from "../support/stack.js";

describe("the examples of fleets", () => {
  let gitlab: StandInGitLab;
  let groupId: number;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    groupId = gitlab.createGroup({ path: "examples" }).id;
  });

  it("run on the real engine, all in one stack, and leave nothing when they are destroyed", async () => {
    const customer = await makeGitLab({ runnerIdStart: 500 });
    const key = ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 });
    const [jump, host] = [await startSmallSshServer("no", key.public), await startSmallSshServer("no", key.public)];
    const environment = { COMPANY_TOKEN: gitlab.token, CUSTOMER_TOKEN: customer.token };
    const stack = await new TestStack({
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: gitlab.token,
      ...environment,
    }).init();
    writeFileSync(stack.path("key"), key.private, { mode: 0o600 });
    writeFileSync(stack.path("known_hosts"), `${jump.knownHost}\n${host.knownHost}\n`);
    const path = (name: string) => stack.path(`${name}.toml`);
    const at = ({ port }: { port: number }) => ({ host: "127.0.0.1", port });
    const login = { user: "deploy", privateKeyPath: stack.path("key"), knownHosts: stack.path("known_hosts") };
    const systems = ["windows", "macos", "freebsd"];
    const programs: [string, Record<string, unknown>][] = [
      ["one-host", { groupId, path: path("one-host") }],
      ["shared-token", { groupId, folder: stack.path("shared") }],
      ["ssh-fleet", { groupId, path: path("ssh"), ...login, jump: at(jump), hosts: { "build-1": at(host) } }],
      ["cloud-init", { groupId }],
      [
        "two-gitlabs",
        {
          path: path("two"),
          companyUrl: gitlab.url,
          companyGroup: groupId,
          customerUrl: customer.url,
          customerProject: customer.projectId,
        },
      ],
      ...systems.map((system): [string, Record<string, unknown>] => [
        "desktops",
        { groupId, system, path: path(system) },
      ]),
    ];
    for (const example of new Set(programs.map(([name]) => name))) installExample(stack, example);
    stack.program(programs.map(([name, config]) => loadExample(name, config)).join("\n"));
    await stack.up();

    const entries = (file: string) => (parseToml(readFileSync(file, "utf8")).runners ?? []) as Table[];
    const executors = (file: string) => entries(file).map(({ executor }) => executor);
    assert.deepEqual(executors(path("one-host")), ["docker", "shell", "kubernetes"]);
    const [one = {}, two = {}, large = {}] = ["one", "two", "large"].map(
      (name) => entries(stack.path("shared", name, "config.toml"))[0] ?? {},
    );
    assert.deepEqual([two.token, large.token], [one.token, one.token]);
    assert.deepEqual([one.limit, large.limit, (large.docker as Table).memory], [undefined, 16n, "8g"]);
    assert.deepEqual(executors(path("ssh")), ["docker"]);
    assert.deepEqual(
      entries(path("two")).map(({ url, id }) => [url, id]),
      [
        [gitlab.url, entries(path("two"))[0]?.id],
        [customer.url, 500n],
      ],
    );
    assert.deepEqual(
      systems.map((system) => entries(path(system))[0]?.shell),
      ["pwsh", "bash", "sh"],
    );

    const shown = JSON.parse((await stack.succeed("stack", "output", "--json")).stdout);
    assert.equal(shown.userData, "[secret]");
    const { stdout } = await stack.succeed("stack", "output", "userData", "--show-secrets");
    const [, text = ""] = /^ {4}content: (\S+)$/m.exec(stdout) ?? [];
    assert.match(Buffer.from(text, "base64").toString(), /name = "spare"\n(.*\n)* {2}token = "glrt-/);

    await stack.destroy();
    assert.deepEqual([gitlab.runners.size, customer.runners.size], [0, 0]);
  }).timeout(120_000);

  it("put the text of a file into a Kubernetes secret", async () => {
    const stack = new TestStack();
    installExample(stack, "kubernetes-secret");
    // Pulumi's own mocks play the engine: what the program registers is what counts here.
    const script = `
      const pulumi = require("@pulumi/pulumi");
      const seen = [];
      const newResource = (args) => {
        seen.push(args);
        const isFile = args.type.endsWith(":ConfigToml");
        return { id: args.name, state: { ...args.inputs, ...(isFile && { content: "concurrent = 20\\n" }) } };
      };
      pulumi.runtime.setAllConfig({ "project:groupId": "${groupId}" });
      pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "project", "dev", true);
      require("./kubernetes-secret/index.js");
      process.on("exit", () => console.log(JSON.stringify(seen.find(({ type }) => type === "kubernetes:core/v1:Secret").inputs)));
    `;
    const run = await stack.command(process.execPath, ["-e", script]);
    assert.equal(run.code, 0, run.output);
    const { stringData, metadata } = JSON.parse(run.stdout.trim().split("\n").at(-1) ?? "");
    assert.equal(metadata.namespace, "gitlab-runner");
    assert.match(JSON.stringify(stringData), /concurrent = 20/);
  }).timeout(60_000);
});
