import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runPulumi } from "../../provider/cli/pulumi.js";
import { makeFolder } from "../support/folder.js";

const ADDRESS = "postgres://pulumi:hush@db.example.com/state";

/** What a `pulumi` that prints these words and ends so is taken to have said. */
async function saidBy(code: number, words = ADDRESS): Promise<{ stdout: string; stderr: string }> {
  const folder = makeFolder();
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\necho '${words}'\necho '${words}' >&2\nexit ${code}\n`, {
    mode: 0o700,
  });
  return runPulumi(["preview"], { cwd: folder, env: { PATH: `${folder}${delimiter}${process.env.PATH}` } });
}

describe("what Pulumi says", () => {
  const hidden = "postgres://pulumi:…@db.example.com/state\n";

  it("goes on without the password of the backend, on both ways, where the run failed", async () => {
    const { stdout, stderr } = await saidBy(255);
    assert.deepEqual([stdout, stderr], [hidden, hidden]);
  });

  it("goes on without the colours that it gives to a program's exception", async () => {
    const { stdout, stderr } = await saidBy(1, "at \u001b[90mrequire\u001b[39m \u001b[1;32mhere\u001b[0m");
    assert.deepEqual([stdout, stderr], ["at require here\n", "at require here\n"]);
  });

  it("is left as it is where it is data", async () => {
    const { stdout, stderr } = await saidBy(0);
    assert.deepEqual([stdout, stderr], [`${ADDRESS}\n`, hidden]);
  });
});
