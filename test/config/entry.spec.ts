import assert from "node:assert/strict";
import { buildEntry } from "../../provider/config/entry.js";
import { DateTime, NO_TIME, type Table } from "../../provider/config/value.js";

const RUNNER = { url: "https://gitlab.example.com", id: 7, token: "glrt-x" };

function build(settings: Table, template: Table = {}): Table {
  return buildEntry("main", settings, template, RUNNER);
}

const volumesOf = (entry: Table) => (entry.docker as Table).volumes;

describe("building a [[runners]] entry", () => {
  it("takes url, id and token from the runner, and no time for a token that never expires", () => {
    const { url, id, token, token_obtained_at, token_expires_at } = build({ executor: "shell" });
    assert.deepEqual({ url, id, token }, { url: "https://gitlab.example.com", id: 7n, token: "glrt-x" });
    assert.deepEqual(token_expires_at, NO_TIME);
    assert.deepEqual(token_obtained_at, token_expires_at);
  });

  it("is named after its key unless a name is set; a template's name does not count", () => {
    assert.equal(build({ executor: "shell" }, { name: "template" }).name, "main");
    assert.equal(build({ executor: "shell", name: "own" }).name, "own");
  });

  it("adds the cache volume where no volumes are declared, as registering does", () => {
    assert.deepEqual(volumesOf(build({ executor: "docker" })), ["/cache"]);
    assert.deepEqual(volumesOf(build({ executor: "docker" }, { docker: { volumes: ["/a"] } })), ["/a", "/cache"]);
    assert.deepEqual(volumesOf(build({ executor: "docker" }, { docker: { volumes: ["/srv:/cache"] } })), [
      "/srv:/cache",
    ]);
    assert.deepEqual(volumesOf(build({ executor: "docker", docker: { disable_cache: true } })), undefined);
  });

  it("leaves declared volumes exactly as they are", () => {
    assert.deepEqual(volumesOf(build({ executor: "docker", docker: { volumes: ["/a"] } })), ["/a"]);
    assert.deepEqual(volumesOf(build({ executor: "docker", docker: { volumes: [] } })), []);
  });

  it("gives docker-windows its shell and cache volume", () => {
    const entry = build({ executor: "docker-windows" });
    assert.equal(entry.shell, "pwsh");
    assert.deepEqual(volumesOf(entry), ["c:\\cache"]);
  });

  it("drops a template's sections of other executors and referees, and keeps declared ones", () => {
    const template: Table = {
      docker: { image: "t" },
      kubernetes: { namespace: "t" },
      referees: {},
      cache: { Type: "s3" },
    };
    const entry = build({ executor: "kubernetes", ssh: { host: "declared" } }, template);
    assert.deepEqual(
      Object.keys(entry)
        .filter((key) => ["docker", "kubernetes", "referees", "cache", "ssh"].includes(key))
        .sort(),
      ["cache", "kubernetes", "ssh"],
    );
  });

  it("takes the executor from the template only where none is declared", () => {
    assert.equal(build({}, { executor: "docker" }).executor, "docker");
    const entry = build({ executor: "shell" }, { executor: "docker", docker: { image: "x" } });
    assert.deepEqual([entry.executor, entry.docker], ["shell", undefined]);
  });

  it("switches the Runner's own token rotation off where the token expires", () => {
    const expiring = { ...RUNNER, tokenExpiresAt: "2026-05-03T00:00:00.000Z" };
    const entry = buildEntry("main", { executor: "shell", feature_flags: { FF_A: true } }, {}, expiring);
    assert.deepEqual(entry.feature_flags, { FF_DISABLE_AUTOMATIC_TOKEN_ROTATION: true, FF_A: true });
    assert.deepEqual(entry.token_expires_at, new DateTime("2026-05-03T00:00:00Z"));
    assert.equal(build({ executor: "shell" }).feature_flags, undefined);
  });
});
