import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Canaries, readFolder } from "../support/canaries.js";
import { type SmallSshServer, startSmallSshServer } from "../support/sshServer.js";
import { ROOT, TestStack } from "../support/stack.js";

describe("a ConfigToml with an SSH target, on the engine", () => {
  let stack: TestStack;
  let canaries: Canaries;
  let server: SmallSshServer;
  let password: string;

  beforeEach(async () => {
    canaries = new Canaries();
    password = canaries.make("password");
    server = await startSmallSshServer(password);
    stack = await new TestStack().init();
  });

  const declare = (port: number, concurrent = 1) =>
    stack.program(`
      new ConfigToml("host", {
        path: file,
        concurrent: ${concurrent},
        target: { ssh: { host: "127.0.0.1", port: ${port}, user: "deploy", password: ${JSON.stringify(password)}, hostKey: "${server.hostKey}", timeout: 20 } },
        runners: { given: { runner: { url: "https://gitlab.example.com", id: 5, token: "glrt-given" }, executor: "shell" } },
      });
    `);

  it("delivers, sees drift, repairs, and keeps its password out of state and all that is said", async () => {
    declare(server.port);
    const runs = [await stack.preview(), await stack.up("--diff", "--debug")];
    assert.match(readFileSync(stack.file, "utf8"), /glrt-given/);
    const [resource] = await stack.resources();
    assert.ok(
      JSON.stringify(resource).includes('"host":"127.0.0.1"'),
      "the target is in state, in plain but for its secrets",
    );
    await stack.succeed("preview", "--refresh", "--expect-no-changes", "--run-program");

    writeFileSync(stack.file, readFileSync(stack.file, "utf8").replace("concurrent = 1", "concurrent = 7"));
    const drift = () => stack.command(process.execPath, [join(ROOT, "dist/cli/main.js"), "drift"]);
    const drifted = await drift();
    assert.match(drifted.stdout, /drifted {2}ConfigToml host: concurrent: applied 1, now 7/);
    runs.push(drifted, await stack.up("--refresh", "--diff"));
    assert.match(readFileSync(stack.file, "utf8"), /concurrent = 1/);

    const goOn = server.pause();
    const down = await drift();
    assert.deepEqual(
      [down.code, /^unknown {2}ConfigToml host: .*deploy@127/.test(down.stdout)],
      [1, true],
      down.output,
    );
    runs.push(down);
    await goOn();

    declare(1);
    const unreachable = await stack.failUp();
    assert.match(unreachable.output, /target\.ssh: deploy@127\.0\.0\.1:1 refuses connections/);
    declare(server.port);
    runs.push(unreachable, await stack.destroy());
    assert.equal(existsSync(stack.file), false);
    const said = runs.map(({ output }, index) => [`run ${index}`, output]);
    canaries.assertNone({ "the state backend": readFolder(stack.path("state")), ...Object.fromEntries(said) });
  }).timeout(180_000);
});
