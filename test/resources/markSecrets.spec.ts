import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KEY_TABLE } from "../../provider/config/schema/table.js";
import { markSecrets } from "../../provider/resources/markSecrets.js";
import { moveSecretItems } from "../../provider/resources/secretItems.js";
import { listSecretPaths } from "../../provider/resources/secretPaths.js";

/** Where the resource class would tell of secrets, for an entry that stands alone. */
async function secretsIn(entry: object): Promise<{ paths: string[]; items: string[] }> {
  const { secretItems = {}, ...rest } = moveSecretItems(markSecrets("RunnerConfiguration", entry));
  const paths = listSecretPaths(rest);
  const known = paths && (await new Promise((done) => paths.apply(done)));
  const items = await Promise.all(
    Object.entries(secretItems).map(async ([name, item]) => {
      const output: pulumi.Output<unknown> = pulumi.output<unknown>(item);
      const value = await new Promise((done) => output.apply(done));
      return value === undefined ? [] : [name];
    }),
  );
  return { paths: (known ?? []) as string[], items: items.flat() };
}

const NONE = { paths: [], items: [] };

describe("secrets that a program gives as plain text", () => {
  it("are marked wherever the key table knows one", async () => {
    const entry = {
      cache: { s3: { accessKey: "a", secretKey: "b", bucketName: "c" }, gcs: { privateKey: "d" } },
      ssh: { password: "e", user: "f" },
      autoscaler: { connectorConfig: { password: "g" }, vmIsolation: { connectorConfig: { password: "h" } } },
      kubernetes: { bearerToken: "i", namespace: "j" },
    };
    const expected = [
      "autoscaler.connectorConfig.password",
      "autoscaler.vmIsolation.connectorConfig.password",
      "cache.gcs.privateKey",
      "cache.s3.accessKey",
      "cache.s3.secretKey",
      "kubernetes.bearerToken",
      "ssh.password",
    ];
    assert.deepEqual(await secretsIn(entry), { paths: expected, items: [] });
  });

  it("are marked at every key that the table calls a secret, of every table", async () => {
    const secrets = Object.values(KEY_TABLE).flatMap((fields) => fields.filter((field) => field.secret === true));
    assert.ok(secrets.length >= 11, String(secrets.length));
    for (const [type, fields] of Object.entries(KEY_TABLE)) {
      for (const field of fields.filter(({ secret }) => secret === true)) {
        const marked = markSecrets(type as keyof typeof KEY_TABLE, { [field.argument]: "plain" }) as pulumi.Inputs;
        assert.ok(await pulumi.isSecret(marked[field.argument]), `${type}.${field.argument}`);
      }
    }
  });

  it("are moved out of lists of tables, at any depth, and leave the rest readable", async () => {
    const header = { name: "Authorization", value: "Bearer x" };
    const entry = { kubernetes: { containerLifecycle: { preStop: { httpGet: { httpHeaders: [header] } } } } };
    const place = "kubernetes.containerLifecycle.preStop.httpGet.httpHeaders[0].value";
    assert.deepEqual(await secretsIn(entry), { paths: [], items: [place] });
  });

  it("are marked in tables that are known later only: the whole table then", async () => {
    const s3 = { bucketName: "b", secretKey: "s" };
    assert.deepEqual(await secretsIn({ cache: pulumi.output({ s3 }) }), { paths: ["cache"], items: [] });
    assert.deepEqual(await secretsIn({ cache: { s3: Promise.resolve(s3) } }), { paths: ["cache.s3"], items: [] });
    assert.deepEqual(await secretsIn({ cache: pulumi.output({ s3: { bucketName: "b" } }) }), NONE);
    const services = [pulumi.output({ name: "pg", environment: ["DB_PASSWORD=x"] })];
    assert.deepEqual(await secretsIn({ docker: { services } }), { paths: [], items: ["docker.services[0]"] });
  });

  it("are known by their names where keys are free", async () => {
    const entry = {
      environment: ["LANG=C", "DB_PASSWORD=x", "GITHUB_TOKEN=y", "KEY_FILE=/k", 'DOCKER_AUTH_CONFIG={"auths":{}}'],
      machine: { machineOptions: ["amazonec2-secret-key=x", "amazonec2-region=eu"] },
      docker: { logOptions: { "splunk-token": "x", tag: "y" } },
      autoscaler: { pluginConfig: { zone: "a", credentials: "x", credentials_file: "/f", deep: { api_key: "y" } } },
    };
    assert.deepEqual(await secretsIn(entry), {
      paths: [
        "autoscaler.pluginConfig.credentials",
        "autoscaler.pluginConfig.deep.api_key",
        "docker.logOptions.splunk-token",
      ],
      items: ["environment[1]", "environment[2]", "environment[4]", "machine.machineOptions[0]"],
    });
  });

  it("make a text secret that sets one: extraToml, a template, a free-form table as text", async () => {
    const entry = {
      template: '[[runners]]\n[runners.cache.s3]\nSecretKey = "x"\n',
      extraToml: 'new = { api_token = "x" }\n',
      autoscaler: { pluginConfig: 'password = "x"\n' },
    };
    const paths = ["autoscaler.pluginConfig", "extraToml", "template"];
    assert.deepEqual(await secretsIn(entry), { paths, items: [] });
    const plain = '[[runners]]\nexecutor = "docker"\n[runners.kubernetes]\nbearer_token_overwrite_allowed = true\n';
    assert.deepEqual(await secretsIn({ template: plain, extraToml: "new = 1\n" }), NONE);
  });

  it("leave what is wrong for check to name", () => {
    const wrong = { docker: 5, cache: null, kubernetes: { services: "x" }, nonsense: { a: 1 } };
    assert.deepEqual(markSecrets("RunnerConfiguration", wrong), wrong);
    assert.equal(markSecrets("RunnerConfiguration", 5 as unknown as object), 5);
  });
});
