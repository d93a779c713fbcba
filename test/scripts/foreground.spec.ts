import assert from "node:assert/strict";
import { script, useSandbox } from "./sandbox";

describe("a command behind set-up", () => {
  const sandbox = useSandbox();

  it("gets the arguments and the environment, and its exit code is passed on", async () => {
    sandbox().write("main.mjs", "console.log(process.argv.slice(2).join('|'), process.env.INIT_CWD); process.exit(7);");
    const { code, stdout } = await start(["--a b", "c"], { INIT_CWD: "/where/npm/was/called" }).ended;
    assert.deepEqual([code, stdout], [7, "--a b|c /where/npm/was/called\n"]);
  });

  it("gets the signal that its starter gets, and ends both in its own way", async () => {
    sandbox().write(
      "main.mjs",
      `process.once("SIGTERM", () => { console.log("tidying up"); process.exit(3); });
       setInterval(() => {}, 1000);
       console.log("ready");`,
    );
    const run = start([]);
    await run.says(/ready/);
    run.child.kill("SIGTERM");
    const { code, stdout } = await run.ended;
    assert.deepEqual([code, stdout], [3, "ready\ntidying up\n"]);
  });

  it("that a signal kills ends its starter with that signal's exit code", async () => {
    sandbox().write("main.mjs", `process.kill(process.pid, "SIGKILL");`);
    assert.equal((await start([]).ended).code, 137);
  });

  function start(args: string[], env: NodeJS.ProcessEnv = {}) {
    const code = `
      import { runInForeground } from ${script("setup/foreground.mjs")};
      await runInForeground("main.mjs", ${JSON.stringify(args)}, process.env);
    `;
    return sandbox().run(code, { env });
  }
});
