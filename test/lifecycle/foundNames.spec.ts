import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import { makeFolder } from "../support/folder.js";
import { failureOf } from "../support/reject.js";

const TOKEN = "glrt-obviously-fake-token";

describe("names that stand in a file", () => {
  let file: string;
  let id: string;
  let outs: Record<string, unknown>;

  beforeEach(async () => {
    file = join(makeFolder(), "config.toml");
    const runner = { url: "https://gitlab.example.com", id: 7, token: { value: TOKEN } };
    const { inputs } = await lifecycle.check({}, { path: file, runners: { a: { runner, executor: "docker" } } });
    ({ id, outs } = (await lifecycle.create(inputs)) as unknown as { id: string; outs: Record<string, unknown> });
  });

  /** Props without the declared token. */
  async function readAll(): Promise<string> {
    const { props, inputs } = (await lifecycle.read(id, outs)) as { props: object; inputs: object };
    return JSON.stringify([
      { ...props, runners: undefined },
      { ...inputs, runners: undefined },
    ]);
  }

  it("show no token: neither keys that nobody knows nor keys of maps", async () => {
    appendFileSync(file, `  "${TOKEN}" = 1\n  [runners.feature_flags]\n    "${TOKEN}" = true\n    FF_X = true\n`);
    const text = await readAll();
    assert.match(text, /"runners\.a\.docker\[\\"\[secret\]\\"\]":"hmac-sha256:/);
    assert.match(text, /"runners\.a\.featureFlags":\{"\[secret\]":true,"FF_X":true\}/);
    assert.ok(!text.includes(TOKEN), text);
  });

  it("show no token and no password in an address: entries of somebody else, in drift and in refusals", async () => {
    const theirs = `name = "${TOKEN}"\nurl = "https://joe:hunter2@gitlab.example.org"\nid = 9\nexecutor = "shell"\n`;
    appendFileSync(file, `\n[[runners]]\n${theirs}`);
    const refusals = [
      await failureOf(lifecycle.update(id, outs, outs)),
      await failureOf(lifecycle.delete(id, outs)),
      await failureOf(lifecycle.create({ path: file, runners: {} })),
    ].map(({ message }) => message);
    for (const text of [await readAll(), ...refusals.slice(0, 2)]) {
      assert.match(text, /\[secret\]\\?" \(url https:\/\/joe:\[secret\]@gitlab\.example\.org, id 9\)/);
      assert.ok(!text.includes(TOKEN) && !text.includes("hunter2"), text);
    }
    // To whom the token is not known, it is a name like any other; a password in an address still is one.
    assert.ok(!refusals[2]?.includes("hunter2"), refusals[2]);
  });
});
