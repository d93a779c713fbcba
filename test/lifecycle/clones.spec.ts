import assert from "node:assert/strict";
import { watchForClones } from "../../provider/lifecycle/configToml/clones.js";
import { printedBy } from "../support/runners.js";

let next = 0;

/** Of an id that no other test has: what was seen is kept as long as the process lives. */
const freshId = () => `s_${String(++next).padStart(12, "0")}`;

function machine(host: string, systemId: string | undefined, more: { id?: number; location?: string } = {}) {
  const { id = 7, location = "/etc/gitlab-runner/config.toml" } = more;
  const runner = { url: "https://gitlab.example.com", id, token: { value: "glrt-FAKE" } };
  const ssh = { host, user: "root" };
  return { location, path: location, systemId, target: { ssh }, runners: { web: { runner, executor: "shell" } } };
}

const told = (...seen: ReturnType<typeof machine>[]) =>
  printedBy(async () => {
    for (const one of seen) watchForClones(one);
  });

describe("machines with one system id", () => {
  it("are told once where they have a runner in common, each by its name, and what to do", async () => {
    const id = freshId();
    const lines = await told(machine("a", id), machine("b", id), machine("a", id), machine("b", id));
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(
      lines[0] ?? "",
      new RegExp(
        `^ConfigToml \\S+ on root@b: warning: .*\\(${id}\\) as that of \\S+ on root@a, .*Remove \\.runner_system_id`,
      ),
    );
    assert.doesNotMatch(lines.join(), /FAKE/);
  });

  it("are none where the ids differ or are not known, the runners differ, or the machine is one", async () => {
    const [one, other] = [freshId(), freshId()];
    const elsewhere = { location: "/srv/config.toml" };
    assert.deepEqual(await told(machine("a", one), machine("b", other)), []);
    assert.deepEqual(await told(machine("a", undefined), machine("b", undefined)), []);
    assert.deepEqual(await told(machine("c", one, { id: 8 }), machine("d", one, { id: 9 })), []);
    assert.deepEqual(await told(machine("e", freshId()), machine("a", one, elsewhere), machine("A", one)), []);
  });
});
