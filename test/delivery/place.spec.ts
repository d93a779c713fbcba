import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { defaultPath } from "../../provider/delivery/defaultPath.js";
import { lastGoodOf } from "../../provider/delivery/host.js";
import { LocalHost } from "../../provider/delivery/local.js";
import { NO_TRIAL } from "../../provider/delivery/trial.js";
import { makeFolder } from "../support/folder.js";
import { makeDocker, makePrograms, putOnPath } from "../support/programs.js";
import { failureOf } from "../support/reject.js";

describe("where GitLab Runner has its file", () => {
  const user = { isRoot: false, home: "/home/me", folder: "/srv/ci" };
  const root = { isRoot: true, home: "/root", folder: "/srv/ci" };
  const rows: [string, Parameters<typeof defaultPath>[0], string][] = [
    ["Linux, as root", { system: "Linux", ...root }, "/etc/gitlab-runner/config.toml"],
    ["Linux, as another user", { system: "Linux", ...user }, "/home/me/.gitlab-runner/config.toml"],
    ["a user without a home", { system: "Linux", ...user, home: "" }, "/srv/ci/config.toml"],
    ["macOS", { system: "Darwin", ...user, home: "/Users/me/" }, "/Users/me/.gitlab-runner/config.toml"],
    ["FreeBSD, as root", { system: "FreeBSD", ...root }, "/home/gitlab-runner/.gitlab-runner/config.toml"],
    [
      "FreeBSD, as its user",
      { system: "FreeBSD", ...user, home: "/home/gitlab-runner" },
      "/home/gitlab-runner/.gitlab-runner/config.toml",
    ],
    ["Windows", { system: "Windows", ...user }, "C:\\GitLab-Runner\\config.toml"],
  ];
  for (const [title, place, path] of rows) it(`is known: ${title}`, () => assert.equal(defaultPath(place), path));

  it("is found on this machine, and a path that is given stands", async () => {
    const host = new LocalHost();
    const isRoot = process.getuid?.() === 0;
    const home = process.env.HOME || homedir();
    const wanted = isRoot ? "/etc/gitlab-runner/config.toml" : `${home}/.gitlab-runner/config.toml`;
    if (process.platform === "linux") assert.equal(await host.locate(undefined), wanted);
    assert.equal(await host.locate("relative/config.toml"), "relative/config.toml");
  });

  it("has the last good one beside it, on every system", () => {
    assert.equal(lastGoodOf("/etc/a/config.toml"), "/etc/a/.config.toml.pulumi-last-good");
    assert.equal(lastGoodOf("C:\\GitLab-Runner\\config.toml"), "C:\\GitLab-Runner\\.config.toml.pulumi-last-good");
    // A backslash is a letter like any other elsewhere.
    if (process.platform !== "win32")
      assert.equal(lastGoodOf("/etc/a\\b/c\\d.toml"), "/etc/a\\b/.c\\d.toml.pulumi-last-good");
  });
});

describe("a volume of Docker on this machine", () => {
  const host = (volume: string) => new LocalHost({ volume, trial: NO_TRIAL });

  it("has its file in the folder that docker volume inspect tells", async () => {
    const folder = join(makeFolder(), "_data");
    mkdirSync(folder);
    putOnPath(makePrograms({ docker: makeDocker("gitlab-runner-config", folder) }));
    assert.equal(await host("gitlab-runner-config").locate(undefined), join(folder, "config.toml"));
    assert.equal(await host("gitlab-runner-config").locate("a/b.toml"), join(folder, "a/b.toml"));
    assert.equal(await host("other").locate(undefined), undefined);
  });

  it("is refused where its folder is not here, where docker fails, and where there is none", async () => {
    putOnPath(makePrograms({ docker: makeDocker("config", "/no/such/_data") }));
    assert.match(
      (await failureOf(host("config").locate(undefined))).message,
      /the Docker volume config cannot be used \(\/no\/such\/_data: its folder is not there.*Docker may run elsewhere/,
    );
    putOnPath(makePrograms({ docker: "echo 'permission denied while trying to connect' >&2; exit 1" }));
    assert.match((await failureOf(host("config").locate(undefined))).message, /must be root, or may not ask Docker/);
  });
});
