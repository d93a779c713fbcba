import assert from "node:assert/strict";
import * as configToml from "../../provider/lifecycle/configToml.js";
import * as runner from "../../provider/lifecycle/runner.js";
import * as runnerSet from "../../provider/lifecycle/runnerSet.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";

describe("State that a later release wrote", () => {
  let gitlab: StandInGitLab;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    useGitLab(gitlab);
  });

  for (const [name, methods] of Object.entries({ configToml, runner, runnerSet })) {
    it(`is refused by each method of ${name}, before anything is done`, async () => {
      const state = { schemaVersion: 3, url: gitlab.url, runnerId: 1, runners: {}, items: {} };
      const works = [
        methods.diff("1", state, {}),
        methods.update("1", state, {}),
        methods.read("1", state),
        methods.delete("1", state),
      ];
      const message =
        /^its state has the form 3, of a later release .* Install the release that wrote it, or a later one$/;
      for (const work of works) await assert.rejects(work, { message });
      assert.deepEqual(gitlab.requests.list(), []);
    });
  }
});
