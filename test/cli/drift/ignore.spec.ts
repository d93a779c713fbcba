import assert from "node:assert/strict";
import { type Ignore, parseIgnore } from "../../../provider/cli/drift/ignore.js";

function parse(pattern: string): Ignore {
  const ignore = parseIgnore(pattern);
  assert.ok("matches" in ignore, JSON.stringify(ignore));
  return ignore;
}

describe("a pattern of --ignore", () => {
  const cases: [pattern: string, resource: string, path: string, isMatch: boolean][] = [
    ["docker.description", "docker", "description", true],
    ["docker.description", "docker", "descriptions", false],
    ["docker.description", "my-docker", "description", false],
    ["docker.description", "docker", "Description", false],
    ["*.description", "docker", "description", true],
    ["*.description", "ci.example.com", "description", true],
    ["*.description", "set.docker", "description", true],
    ["set.*.description", "set.docker", "description", true],
    ["set.docker.description", "set.docker", "description", true],
    ["set?docker.description", "set.docker", "description", true],
    ["*.limit", "host", "runners.docker.limit", false],
    ["*.limit", "ci.example.com", "runners.docker.limit", false],
    ["**.description", "ci.example.com", "description", true],
    ["linux-??.paused", "linux-07", "paused", true],
    ["linux-??.paused", "linux-007", "paused", false],
    ["host.runners.*.limit", "host", "runners.docker.limit", true],
    ["host.runners.*.limit", "host", "runners.docker.docker.limit", false],
    ["host.runners.**", "host", "runners.docker.docker.image", true],
    ["host.runners.**", "host", "concurrent", false],
    ["**", "host", "concurrent", true],
    ["host.*.docker.services[0].name", "host", "a.docker.services[0].name", true],
    ["host.*.docker.services[0].name", "host", "a.docker.services0.name", false],
    ["host.x.sysctls[*]", "host", 'x.sysctls["net"]', true],
    ["host.a+b", "host", "aab", false],
    ["host.a+b", "host", "a+b", true],
    ["host.a", "host", "a\nb", false],
    ["host.a**", "host", "a\nb", true],
    ["**🏃**", "a🏃", "b", true],
    ["?.b", "🏃", "b", true],
  ];
  for (const [pattern, resource, path, isMatch] of cases) {
    it(`${pattern} ${isMatch ? "matches" : "leaves"} ${JSON.stringify(`${resource}.${path}`)}`, () => {
      assert.equal(parse(pattern).matches(resource, path), isMatch);
    });
  }

  for (const pattern of [
    "",
    "docker",
    "docker.",
    ".description",
    "{a,b}.c",
    "!a.b",
    "a.(b|c)",
    "a\\.b",
    "^a.b",
    "a.b$",
    "a.***",
    "a.\u001b[31m",
  ]) {
    it(`is refused where it means more, or less, than a pattern can: ${JSON.stringify(pattern)}`, () => {
      const problem = parseIgnore(pattern);
      assert.ok("message" in problem, pattern);
      assert.equal(problem.path, "--ignore");
      assert.ok(pattern.length < 3 || !problem.message.includes(pattern));
    });
  }
});
