import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { makeFolder } from "../support/folder.js";

type Properties = Record<string, unknown>;

const RUNNER = { url: "https://gitlab.example.com", id: 7, token: { value: "glrt-obviously-fake" } };

describe("what state shows of a file", () => {
  let file: string;

  beforeEach(() => {
    file = join(makeFolder(), "config.toml");
  });

  /** One entry with these settings, delivered; then the file edited, and what a refresh leaves in state outside of the entry's inputs. */
  async function readBack(entry: Properties, edits: Record<string, string> = {}, more: Properties = {}) {
    const args = { path: file, runners: { a: { runner: RUNNER, executor: "docker", ...entry } }, ...more };
    const { inputs, failures } = await lifecycle.check({}, args);
    assert.deepEqual(failures, []);
    const { id, outs } = (await lifecycle.create(inputs)) as unknown as { id: string; outs: Properties };
    let text = readFileSync(file, "utf8");
    for (const [from, to] of Object.entries(edits)) {
      assert.ok(text.includes(from), text);
      text = text.replace(from, to);
    }
    writeFileSync(file, text);
    const { props } = (await lifecycle.read(id, outs)) as { props: Properties };
    return { applied: JSON.stringify(props.applied), drift: props.drift as Properties | undefined };
  }

  it("hides a secret member of a map, and what somebody put in its place", async () => {
    const settings = { docker: { sysctls: { "net.a": "open", "net.b": "password-one" } } };
    const { applied, drift } = await readBack(
      settings,
      { "password-one": "password-two" },
      { secretPaths: ['runners.a.docker.sysctls["net.b"]'] },
    );
    assert.match(applied, /"net\.a":"open","net\.b":"hmac-sha256:/);
    assert.match(JSON.stringify(drift), /^\{"runners\.a\.docker\.sysctls\[\\"net\.b\\"\]":"hmac-sha256:\w+"\}$/);
  });

  it("hides a secret deep in a free-form map, names the part that drifted, and calls an equal one equal", async () => {
    const pluginConfig = { zone: { name: "a", sizes: [1, 2] }, login: { user: "joe", password: "password-one" }, n: 3 };
    const settings = { executor: "docker-autoscaler", autoscaler: { plugin: "aws", pluginConfig } };
    const more = { secretPaths: ["runners.a.autoscaler.pluginConfig.login.password"] };
    const same = await readBack(settings, {}, more);
    assert.equal(same.drift, undefined);
    assert.match(same.applied, /"zone":\{"name":"a","sizes":\[1,2\]\}/);
    assert.ok(!same.applied.includes("password-one"), same.applied);
    const { drift } = await readBack(settings, { "sizes = [1, 2]": "sizes = [1, 5]", '"password-one"': '"two"' }, more);
    assert.deepEqual(Object.keys(drift ?? {}), [
      "runners.a.autoscaler.pluginConfig.zone.sizes",
      "runners.a.autoscaler.pluginConfig.login.password",
    ]);
    assert.ok(!JSON.stringify(drift).includes('"two"'), JSON.stringify(drift));
  });

  it("hides what stands in a list where a secret stood, and each part of a secret table", async () => {
    const reference = (path: string) => `secretItems: ${path}`;
    const [volume, service] = ["runners.a.docker.volumes[1]", "runners.a.docker.services[0]"];
    const settings = { docker: { volumes: ["/a", reference(volume)], services: [reference(service)] } };
    const secretItems = { [volume]: "/secret-one:/b", [service]: { name: "secret-image" } };
    const { applied, drift } = await readBack(
      settings,
      { "/secret-one:/b": "/secret-two:/b", "secret-image": "secret-other", "/a": "/open" },
      { secretItems },
    );
    assert.match(applied, /"volumes":\["\/a","hmac-sha256:\w+"\]/);
    assert.ok(!/secret-(one|two|image|other)/.test(applied + JSON.stringify(drift)), applied + JSON.stringify(drift));
  });

  it("hides what a secret template put into a map that the program declares in part", async () => {
    const template = '[[runners]]\n[runners.docker]\n[runners.docker.sysctls]\nb = "from-template"\n';
    const { applied, drift } = await readBack(
      { template, docker: { sysctls: { a: "open" } } },
      {},
      { secretPaths: ["runners.a.template"] },
    );
    assert.equal(drift, undefined);
    assert.match(applied, /"sysctls":\{"a":"open","b":"hmac-sha256:/);
  });
});
