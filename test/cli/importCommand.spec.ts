import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { planCommand } from "../../provider/cli/importCommand.js";
import { encodeConfiguration } from "../../provider/config/encode.js";
import { dropZeros } from "../../provider/config/normalize.js";
import { register } from "../../provider/config/register/register.js";
import { parseToml } from "../../provider/config/toml.js";
import type { Table } from "../../provider/config/value.js";
import { checkConfigTomlInputs } from "../../provider/lifecycle/configToml/inputs.js";
import { render } from "../../provider/lifecycle/configToml/spec.js";
import { makeFolder } from "../support/folder.js";
import { SECRET } from "../support/importFixtures.js";
import { compile, format, runProgram } from "../support/importPrograms.js";

const MAIN = join(__dirname, "../../provider/cli/main.js");

const PLAIN = { environment: {}, "token-env": "GITLAB_TOKEN", hostname: "host" };

const TEMPLATE = `[[runners]]
[[runners.kubernetes.volumes.empty_dir]]
name = "e"
mount_path = "/e"
`;

function makeTemplate(): string {
  const file = join(makeFolder(), "template.toml");
  writeFileSync(file, TEMPLATE);
  return file;
}

const words = (text: string) => text.split(" ");

const COMMANDS: Record<string, () => string[]> = {
  docker: () =>
    words(
      "gitlab-runner register -n --url https://gitlab.example.com/ --token glrt-FAKEFAKEFAKE --executor docker --docker-image alpine:3.20 --name my-docker --docker-privileged --env PASSWORD=canary-env",
    ),
  shell: () =>
    words(
      "sudo gitlab-runner register --non-interactive -u https://gitlab.example.com -t glrt-FAKEFAKEFAKE --executor shell",
    ),
  kubernetes: () =>
    words(
      `register -n --url https://gitlab.example.com --token glrt-FAKEFAKEFAKE --executor kubernetes --kubernetes-bearer_token canary-b --template-config ${makeTemplate()}`,
    ),
  registration: () =>
    words(
      "register -n --url https://gitlab.example.com --registration-token canary-registration --executor docker --docker-image ruby:3 --tag-list docker,aws --run-untagged --maintenance-note note --locked=false --name old --maximum-timeout 900",
    ),
};

describe("import-command", () => {
  const plans = new Map<string, ReturnType<typeof planCommand>>();
  let problems: string;

  before(() => {
    for (const [name, command] of Object.entries(COMMANDS)) plans.set(name, planCommand(command(), PLAIN));
    problems = compile(new Map([...plans].map(([name, { program }]) => [name, program])));
  });

  it("prints programs that compile, are formatted, and hold no secret", () => {
    assert.equal(problems, "");
    for (const [name, { program }] of plans) {
      assert.doesNotMatch(program, SECRET, name);
      assert.equal(program, format(program), name);
    }
  });

  it("prints programs whose entry is the one that register would write", async () => {
    for (const [name, { secrets }] of plans) {
      const inputs = await runProgram(name, secrets);
      const [key = ""] = Object.keys(inputs.runners);
      // What GitLab tells is not there without an engine.
      const runner = { url: "https://gitlab.example.com", id: 1, token: { value: "glrt-x" } };
      const given = { ...inputs, runners: { [key]: { ...inputs.runners[key], runner } } } as typeof inputs;
      assert.deepEqual(checkConfigTomlInputs(given), [], name);
      const [ours] = render(given).entries.values();
      assert.deepEqual(settingsOf(ours as Table), settingsOf(registered(COMMANDS[name]?.() ?? [])), name);
    }
  });

  it("uses an authentication token as it is, and a registration token with all that the command says", () => {
    const docker = plans.get("docker")?.program ?? "";
    assert.match(
      docker,
      /new Runner\(\n {2}"my-docker",\n {2}\{\n {4}authenticationToken: config\.requireSecret\("myDockerToken"\),\n {2}\}/,
    );
    assert.match(docker, /new Provider\("gitlab\.example\.com", \{\n {2}baseUrl: "https:\/\/gitlab\.example\.com",/);
    const old = plans.get("registration")?.program ?? "";
    for (const part of [
      'registrationToken: config.requireSecret("oldRegistrationToken"),',
      'description: "old",',
      'maintenanceNote: "note",',
      "locked: false,",
      "runUntagged: true,",
      'tagList: ["docker", "aws"],',
      "maximumTimeout: 900,",
    ])
      assert.ok(old.includes(part), `${part}\nis not in\n${old}`);
  });

  it("needs no Provider for the GitLab of the environment, and takes the command's own file", () => {
    const environment = { GITLAB_BASE_URL: "https://gitlab.example.com", CONFIG_FILE: "/srv/config.toml" };
    const { program } = planCommand(COMMANDS.shell?.() ?? [], { ...PLAIN, environment });
    assert.doesNotMatch(program, /Provider/);
    assert.match(program, /path: "\/srv\/config\.toml",/);
  });

  it("says where register would fail, and prints nothing", () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [MAIN, "import-command", ...args], {
        encoding: "utf8",
        env: { PATH: process.env.PATH },
      });
    const failed = run(
      "--",
      "register",
      "-n",
      "--url",
      "https://x.example",
      "--token",
      "glrt-FAKE",
      "--executor",
      "dockr",
    );
    assert.equal(failed.status, 1);
    assert.equal(failed.stdout, "");
    assert.match(failed.stderr, /gitlab-runner register would fail: /);
    assert.doesNotMatch(failed.stderr, SECRET);
    const unclear = run("register");
    assert.match(unclear.stderr, /the command comes behind "--"/);
  });
});

/** The entry of the real thing, as data read from its text. */
function registered(command: string[]): Table {
  const rest = command.filter((word) => !/^(sudo|gitlab-runner)$/.test(word));
  const answer = { id: 1, token: "glrt-x" };
  const template = rest.includes("--template-config") ? TEMPLATE : undefined;
  const { configuration } = register({
    words: rest,
    template,
    answer,
    hostname: "host",
    now: new Date(0),
    platform: process.platform,
  });
  const [entry] = parseToml(encodeConfiguration(configuration)).runners as Table[];
  return entry as Table;
}

/** The kubernetes template lies in a folder of its own each time; all else is the same. */
function settingsOf(entry: Table): Table {
  const { url, id, token, token_obtained_at, token_expires_at, ...settings } = dropZeros("RunnerConfiguration", entry);
  return settings;
}
