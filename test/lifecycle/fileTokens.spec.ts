import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as lifecycle from "../../provider/lifecycle/configToml.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab, useGitLab } from "../support/gitlab.js";
import { type Made, type Properties, printedBy } from "../support/runners.js";

const SYSTEM_ID = "s_0123456789ab";
const EARLY = "2026-01-01T00:00:00Z";
const LATE = "2026-01-20T00:00:00Z";

let nextId = 5000;

describe("A file whose token is neither ours nor the one that we wrote", () => {
  let gitlab: StandInGitLab;
  let file: string;
  let id: number;

  beforeEach(async () => {
    file = join(makeFolder(), "config.toml");
    // One process knows which file has a runner that rotates its own token: each test has a runner of its own.
    nextId += 10;
    gitlab = await makeGitLab({ runnerIdStart: nextId });
    useGitLab(gitlab);
    id = gitlab.createRunner({ runnerType: "instance_type", token: "glrt-living" }).id;
    writeFileSync(join(dirname(file), ".runner_system_id"), `${SYSTEM_ID}\n`);
  });

  const args = ({ token = "glrt-ours", selfRotation = false, ...settings }: Properties): Properties => ({
    path: file,
    runners: {
      docker: {
        runner: { url: gitlab.url, id, token: { value: token, obtainedAt: EARLY }, selfRotation },
        executor: "shell",
        ...settings,
      },
    },
  });
  const onDisk = () => readFileSync(file, "utf8");
  const tokenOnDisk = () => /^\s*token = "(.*)"$/m.exec(onDisk())?.[1];
  const verifications = () => gitlab.requests.list({ path: "/api/v4/runners/verify" });

  async function make(inputs: Properties): Promise<Made> {
    const { inputs: news, failures = [] } = await lifecycle.check({}, inputs);
    assert.deepEqual(failures, []);
    return (await lifecycle.create(news)) as unknown as Made;
  }

  async function change(made: Made, inputs: Properties): Promise<Made> {
    const { inputs: news } = await lifecycle.check(made.outs, inputs);
    return { id: made.id, outs: (await lifecycle.update(made.id, made.outs, news)).outs as unknown as Properties };
  }

  /** Somebody puts another token into the file, such as GitLab Runner, or one who restores a copy. */
  function edit(token: string, obtainedAt = LATE): void {
    writeFileSync(
      file,
      onDisk()
        .replace(/token = "[^"]*"/, `token = "${token}"`)
        .replace(/token_obtained_at = \S+/, `token_obtained_at = ${obtainedAt}`),
    );
  }

  /** What an update says, after the file got that token. */
  async function updateAfter(inFile: string, settings: Properties, obtainedAt = LATE): Promise<string> {
    const made = await make(args(settings));
    edit(inFile, obtainedAt);
    gitlab.requests.clear();
    const lines = await printedBy(() => change(made, args({ ...settings, outputLimit: 5 })));
    assert.match(onDisk(), /output_limit = 5/);
    assert.ok(!lines.join("\n").includes("glrt-"), lines.join("\n"));
    assert.equal(lines.length, 1, "one line for one entry");
    return lines.join("\n");
  }

  it("is asked about with the machine's own system id, and gets ours where that lives", async () => {
    const said = await updateAfter("glrt-dead", { token: "glrt-living" });
    assert.match(
      said,
      /config\.toml: runners\.docker: the file's token is dead, and is replaced by the program's, which lives$/,
    );
    assert.equal(tokenOnDisk(), "glrt-living");
    assert.deepEqual(
      verifications().map(({ body }) => body),
      [{ token: "glrt-living", system_id: SYSTEM_ID }],
      "one answer tells of both: a runner has one token",
    );
    assert.deepEqual(
      gitlab.runners.get(id).managers.map(({ systemId }) => systemId),
      [SYSTEM_ID],
    );
  });

  it("keeps its own where that lives and ours is dead; how to mend that is said, and it stays drift", async () => {
    const made = await make(args({}));
    edit("glrt-living");
    const lines = await printedBy(async () => {
      const { outs } = await change(made, args({ outputLimit: 5 }));
      const { props } = (await lifecycle.read(made.id, outs)) as never as { props: { drift?: Properties } };
      assert.deepEqual(Object.keys(props.drift ?? {}), [
        "runners.docker.runner.token",
        "runners.docker.runner.tokenObtainedAt",
      ]);
    });
    assert.equal(tokenOnDisk(), "glrt-living");
    assert.match(onDisk(), /output_limit = 5/);
    assert.match(
      lines.join(),
      /warning: the program's token is dead: .*The file's lives, and is kept.*rotation\.triggers/,
    );
  });

  it("gets ours where GitLab takes neither", async () => {
    assert.match(
      await updateAfter("glrt-dead", {}),
      /warning: neither the file's token nor the program's lives; the program's is written/,
    );
    assert.equal(tokenOnDisk(), "glrt-ours");
    assert.equal(verifications().length, 2);
  });

  it("gets ours where a token of another runner is in it", async () => {
    gitlab.createRunner({ runnerType: "instance_type", token: "glrt-of-another" });
    assert.match(await updateAfter("glrt-of-another", {}), /neither the file's token nor the program's lives/);
    assert.equal(tokenOnDisk(), "glrt-ours");
  });

  it("keeps a living one that GitLab Runner made, though by its time it is older", async () => {
    const said = await updateAfter("glrt-living", { selfRotation: true }, "2025-12-01T00:00:00Z");
    assert.match(said, /the file's token lives and is kept: .*; the program's, of 2026-01-01.*, is stale and dead$/);
    assert.equal(tokenOnDisk(), "glrt-living");
    assert.equal(verifications().length, 1);
  });

  it("gets ours in place of a dead one that GitLab Runner made, though by its time it is newer", async () => {
    const said = await updateAfter("glrt-dead", { selfRotation: true, token: "glrt-living" });
    assert.match(said, /the file's token is dead, and is replaced by the program's, which lives$/);
    assert.equal(tokenOnDisk(), "glrt-living");
  });

  it("keeps the newer one with selfRotation where neither lives", async () => {
    assert.match(
      await updateAfter("glrt-dead", { selfRotation: true }),
      /the file's is written.*leave out selfRotation/,
    );
    assert.equal(tokenOnDisk(), "glrt-dead");
  });

  for (const [why, spoil, reason] of [
    [
      "has no system id beside it",
      () => writeFileSync(join(dirname(file), ".runner_system_id"), "not one"),
      /no \.runner_system_id beside the file, so nobody was asked/,
    ],
    [
      "is asked about in vain",
      () => {
        const body = { message: "500 it was glrt-dead" };
        gitlab.faults.add({ path: "/runners/verify", count: "all", kind: "reply", status: 500, body });
      },
      /POST \/api\/v4\/runners\/verify answered 500\)$/,
    ],
    [
      "is asked about at a GitLab that is read-only",
      () => {
        const body = { message: "You cannot perform write operations on a read-only instance" };
        gitlab.faults.add({ path: "/runners/verify", count: "all", kind: "reply", status: 403, body });
      },
      /POST \/api\/v4\/runners\/verify answered 403\)$/,
    ],
    [
      "is asked about at a gateway that lets nobody through",
      () => {
        const page = { kind: "reply", status: 403, body: "<html>Not from here</html>" } as const;
        gitlab.faults.add({ path: "/runners/verify", count: "all", ...page });
      },
      /POST \/api\/v4\/runners\/verify answered 403\)$/,
    ],
  ] as const) {
    it(`gets ours, with a line that it is not known which one lives, where it ${why}`, async () => {
      spoil();
      const said = await updateAfter("glrt-dead", {});
      assert.match(
        said,
        /the file's token is another one, and is replaced by the program's \(whether it lives is not known: /,
      );
      assert.match(said, reason);
      assert.equal(tokenOnDisk(), "glrt-ours");
    });
  }

  it("is asked about at its own GitLab, which gets no token of the configured one", async () => {
    useGitLab({ url: "http://127.0.0.1:9", token: "configured-token" });
    assert.match(await updateAfter("glrt-dead", { token: "glrt-living" }), /the file's token is dead/);
    assert.equal(verifications().length, 1);
    assert.ok(!JSON.stringify(gitlab.requests.list()).includes("configured-token"));
  });

  it("is judged by time with selfRotation where nobody can be asked", async () => {
    writeFileSync(join(dirname(file), ".runner_system_id"), "");
    const said = await updateAfter("glrt-living", { selfRotation: true });
    assert.match(
      said,
      /the file's token is kept: .*is stale \(whether it lives is not known: there is no \.runner_system_id/,
    );
    assert.deepEqual([tokenOnDisk(), verifications().length], ["glrt-living", 0]);
  });

  it("is judged at creation, too; a refused file is asked about nothing", async () => {
    const { outs, id: resource } = await make(args({}));
    await lifecycle.delete(resource, outs);
    assert.equal(existsSync(file), false);
    const entry = (name: string, token: string, number: number) =>
      `[[runners]]\nname = "${name}"\nurl = "${gitlab.url}"\nid = ${number}\ntoken = "${token}"\nexecutor = "shell"\n`;
    writeFileSync(file, entry("docker", "glrt-living", id) + entry("foreign", "glrt-foreign", 99));
    await assert.rejects(make(args({})), { message: /holds entries that are not declared here/ });
    assert.equal(verifications().length, 0);
    writeFileSync(file, entry("docker", "glrt-living", id));
    const lines = await printedBy(() => make(args({})));
    assert.match(lines.join(), /the program's token is dead/);
    assert.equal(tokenOnDisk(), "glrt-living");
  });

  it("is asked about nothing where the file has what we wrote before: an ordinary rotation", async () => {
    const made = await make(args({}));
    gitlab.requests.clear();
    const lines = await printedBy(() => change(made, args({ token: "glrt-living" })));
    assert.deepEqual([lines, verifications().length, tokenOnDisk()], [[], 0, "glrt-living"]);
  });

  it("is judged in a shared file, too, where the rest stays", async () => {
    const stack = { id: "0123456789abcdef0123456789abcdef", name: "p/dev" };
    writeFileSync(file, "concurrent = 7 # theirs\n", { mode: 0o600 });
    const shared = (settings: Properties) => ({ ...args(settings), ownership: "entries", stack });
    const made = await make(shared({}));
    edit("glrt-living");
    const lines = await printedBy(() => change(made, shared({ outputLimit: 5 })));
    assert.match(lines.join(), /the program's token is dead/);
    assert.match(onDisk(), /^concurrent = 7 # theirs\n[\s\S]*output_limit = 5/);
    assert.equal(tokenOnDisk(), "glrt-living");
  });

  describe("that is to rotate its own token, on a machine that is not the only one", () => {
    const contact = (systemId: string, token = "glrt-living") =>
      fetch(`${gitlab.url}/api/v4/runners/verify`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token, system_id: systemId }),
      });
    const self = (settings: Properties = {}) => args({ token: "glrt-living", selfRotation: true, ...settings });

    it("is refused by the names of the others, and nothing is written", async () => {
      await contact("s_ffffffffffff");
      await assert.rejects(make(self()), {
        message:
          /^runners\.docker\.runner: rotates its own token \(selfRotation\), and other machines use that token: s_ffffffffffff \(last contact 2.*nothing was written/,
      });
      assert.equal(existsSync(file), false);
    });

    it("is taken where the other one is this machine, is offline, or is none", async () => {
      for (const one of [SYSTEM_ID, "pulumi_0123", "s_ffffffffffff"]) await contact(one);
      gitlab.clock.advance({ hours: 3 });
      await contact(SYSTEM_ID);
      const lines = await printedBy(() => make(self()));
      assert.deepEqual([lines, tokenOnDisk()], [[], "glrt-living"]);
    });

    it("is refused in an update that leaves the rotation to it", async () => {
      const made = await make(self({ selfRotation: false }));
      await contact("s_ffffffffffff");
      await assert.rejects(change(made, self()), { message: /other machines use that token/ });
      gitlab.clock.advance({ hours: 3 });
      const changed = await change(made, self());
      await contact("s_ffffffffffff");
      await change(changed, self({ outputLimit: 5 }));
      assert.match(onDisk(), /output_limit = 5/, "what is there already is not held up");
    });

    it("is taken, with a line, where it cannot be told: no system id, no right to look", async () => {
      writeFileSync(join(dirname(file), ".runner_system_id"), "");
      await contact("s_ffffffffffff");
      const lines = await printedBy(() => make(self()));
      assert.match(
        lines.join(),
        /runners\.docker\.runner: whether another machine uses its token is not known: .*s_ffffffffffff may be this host/,
      );
      await contact("s_eeeeeeeeeeee");
      id = gitlab.createRunner({ runnerType: "instance_type", token: "glrt-second" }).id;
      for (const one of ["s_ffffffffffff", "s_eeeeeeeeeeee"]) await contact(one, "glrt-second");
      file = join(makeFolder(), "config.toml");
      await assert.rejects(
        make(self({ token: "glrt-second" })),
        { message: /s_ffffffffffff .*, s_eeeeeeeeeeee / },
        "two are too many, whoever we are",
      );
      gitlab.faults.add({ path: "/runners/*/managers", count: "all", kind: "reply", status: 403, body: {} });
      const refused = await printedBy(() => make(self({ token: "glrt-second" })));
      assert.match(refused.join(), /is not known: GET \/api\/v4\/runners\/\d+\/managers answered 403/);
    });
  });
});
