import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { REPORT_VARIABLE } from "../../provider/lifecycle/report.js";
import { guardDebugLog } from "../../provider/resources/debugLog.js";

describe("the debug log of Pulumi's SDK", () => {
  it("goes on as it was, but for answers of the engine that hold secrets", async () => {
    const log = pulumi.log as { debug: typeof pulumi.log.debug };
    const { debug } = log;
    const said: string[] = [];
    try {
      log.debug = async (message) => void said.push(message);
      guardDebugLog();
      guardDebugLog();
      await log.debug(
        "RegisterResource RPC finished: a; err: null, resp: urn,token,4dabf18193072939515e22adb298388d,1b47061264138c4ac30d75fd1eb44270,value,glrt-x\n,more",
      );
      await log.debug("something else, resp: urn");
    } finally {
      log.debug = debug;
    }
    assert.deepEqual(said, [
      "RegisterResource RPC finished: a; err: null, resp: (left out by pulumi-gitlab-runner: it holds secrets)",
      "something else, resp: urn",
    ]);
  });

  it("sends the engine nothing where only drift is looked for", async () => {
    const log = pulumi.log as { debug: typeof pulumi.log.debug };
    const { debug } = log;
    const said: string[] = [];
    process.env[REPORT_VARIABLE] = "/nowhere";
    try {
      log.debug = async (message) => void said.push(message);
      guardDebugLog();
      await log.debug("Registering resource: a");
    } finally {
      log.debug = debug;
      delete process.env[REPORT_VARIABLE];
    }
    assert.deepEqual(said, []);
  });
});
