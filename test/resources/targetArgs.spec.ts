import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { listSecretPaths } from "../../provider/resources/secretPaths.js";
import { markTarget } from "../../provider/resources/targetArgs.js";

async function secretsIn(target: unknown): Promise<string[]> {
  const paths = listSecretPaths({ target: markTarget(target) });
  const known = paths && (await new Promise((done) => paths.apply(done)));
  return (known ?? []) as string[];
}

describe("secrets of a target", () => {
  const ssh = { host: "h", user: "u" };

  it("are keys and passwords at any depth, also where they are plain text", async () => {
    const proxyJump = { ...ssh, privateKey: "k" };
    assert.deepEqual(await secretsIn({ ssh: { ...ssh, password: "p", proxyJump } }), [
      "target.ssh.password",
      "target.ssh.proxyJump.privateKey",
    ]);
    assert.deepEqual(
      await secretsIn({ ssh: { ...ssh, privateKeyPath: "~/.ssh/id", privateKeyEnv: "KEY", hostKey: "SHA256:x" } }),
      [],
    );
    assert.deepEqual(await secretsIn({ ssh: { ...ssh, password: undefined } }), []);
  });

  it("are found in what is known later only", async () => {
    assert.deepEqual(await secretsIn({ ssh: pulumi.output({ ...ssh, password: "p" }) }), ["target.ssh"]);
    assert.deepEqual(await secretsIn({ ssh: Promise.resolve({ ...ssh, proxyJump: { ...ssh, privateKey: "k" } }) }), [
      "target.ssh",
    ]);
    assert.deepEqual(await secretsIn(pulumi.output({ ssh })), []);
    assert.deepEqual(await secretsIn({ ssh: { ...ssh, privateKey: pulumi.output("k") } }), ["target.ssh.privateKey"]);
  });
});
