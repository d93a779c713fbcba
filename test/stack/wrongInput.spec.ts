import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { Canaries } from "../support/canaries.js";
import { makeGitLab } from "../support/gitlab.js";
import { TestStack } from "../support/stack.js";

/** One thing done wrong, and what the user is told. */
interface Row {
  title: string;
  /** Arguments of a Runner, as JavaScript. */
  runner?: string;
  /** Arguments of a ConfigToml, as JavaScript; its one entry's runner is `known`. */
  file?: string;
  message: RegExp;
  prepare?: (world: World) => void | Promise<void>;
  /** How many write requests GitLab may have got. @default 0 */
  writes?: number;
}

interface World {
  gitlab: StandInGitLab;
  stack: TestStack;
}

const OK_FILE = '{ path: file, runners: { main: { runner: known, executor: "shell" } } }';
const FOREIGN =
  '[[runners]]\n  name = "theirs"\n  url = "https://gitlab.example.com"\n  id = 9\n  token = "glrt-theirs"\n  executor = "shell"\n';

function putFile(text: string): (world: World) => void {
  return ({ stack }) => {
    mkdirSync(dirname(stack.file), { recursive: true });
    writeFileSync(stack.file, text, { mode: 0o600 });
  };
}

function useToken(scopes: string[]): (world: World) => void {
  return ({ gitlab, stack }) => {
    stack.env.GITLAB_TOKEN = gitlab.createToken({ userId: gitlab.userId, scopes }).token;
  };
}

const ROWS: Row[] = [
  {
    title: "an unknown runner type",
    runner: '{ runnerType: "shared" }',
    message: /runnerType: must be "instance_type", "group_type" or "project_type"/,
  },
  {
    title: "a timeout below GitLab's floor",
    runner: '{ runnerType: "instance_type", maximumTimeout: 599 }',
    message: /maximumTimeout: must be at least 600 seconds/,
  },
  {
    title: "no untagged jobs and no tags",
    runner: '{ runnerType: "instance_type", runUntagged: false }',
    message: /tagList: must not be empty with runUntagged false/,
  },
  {
    title: "51 tags",
    runner: '{ runnerType: "instance_type", tagList: Array.from({ length: 51 }, (_, i) => "t" + i) }',
    message: /tagList: has more than 50 tags/,
  },
  {
    title: "a note of 1,025 characters",
    runner: '{ runnerType: "instance_type", maintenanceNote: pulumi.secret(canary.repeat(100).slice(0, 1025)) }',
    message: /maintenanceNote: is longer than 1024 characters/,
  },
  {
    title: "an unknown argument",
    runner: '{ runnerType: "instance_type", tags: [canary] }',
    message: /tags: is not a known argument; known are .*tagList/,
  },
  {
    title: "a wrong type",
    runner: '{ runnerType: "instance_type", paused: canary }',
    message: /paused: must be true or false/,
  },
  {
    title: "several things at once",
    runner: '{ runnerType: "instance_type", paused: canary, maximumTimeout: 1 }',
    message: /paused: must be true or false[\s\S]*maximumTimeout: must be at least 600/,
  },
  {
    title: "a GitLab that cannot be reached",
    runner: '{ runnerType: "instance_type" }',
    prepare: ({ stack }) => {
      stack.env.GITLAB_BASE_URL = "http://127.0.0.1:9";
    },
    message: /GET \/api\/v4\/runners\/all at http:\/\/127\.0\.0\.1:9 failed: .*ECONNREFUSED.*Check the address/,
  },
  {
    title: "a token that GitLab does not know",
    runner: '{ runnerType: "instance_type" }',
    prepare: ({ stack }) => {
      stack.env.GITLAB_TOKEN = "canary-wrong-token";
    },
    message: /answered 401: 401 Unauthorized\. GitLab does not accept the token/,
  },
  {
    title: "a token without the scope",
    runner: '{ runnerType: "instance_type" }',
    prepare: useToken(["read_api"]),
    message: /Runner docker: POST \/api\/v4\/user\/runners .* was not sent\. The token lacks the scope create_runner/,
  },
  {
    title: "a group that does not exist",
    runner: '{ runnerType: "group_type", groupId: 4711 }',
    message: /groupId: POST \/api\/v4\/user\/runners .* answered 400: 400 Bad request - Missing\/invalid group/,
    writes: 1,
  },
  {
    title: "no address and no token",
    runner: '{ runnerType: "instance_type" }',
    prepare: ({ stack }) => {
      delete stack.env.GITLAB_TOKEN;
    },
    message: /no GitLab to talk to: .*Found: an address but no token in the environment[\s\S]*gitlab-runner:token/,
  },
  {
    title: "a misspelt setting",
    file: '{ path: file, runners: { main: { runner: known, executor: "docker", docker: { imag: canary } } } }',
    message: /runners\.main\.docker\.imag: is not a known argument: did you mean "image"\?/,
  },
  {
    title: "an unknown executor",
    file: '{ path: file, runners: { main: { runner: known, executor: "dockr" } } }',
    message: /runners\.main\.executor: must be "shell"/,
  },
  {
    title: "a broken template",
    file: '{ path: file, runners: { main: { runner: known, executor: "shell", template: pulumi.secret("[[runners]]\\n[[runners]]\\n# " + canary) } } }',
    message: /runners\.main\.template: needs exactly one \[\[runners\]\] entry and has 2/,
  },
  {
    title: "a directory in place of the file",
    file: OK_FILE,
    prepare: ({ stack }) => {
      mkdirSync(stack.file, { recursive: true });
    },
    message: /path: .*config\.toml cannot be read \(EISDIR\)\. Name a file in it/,
  },
  {
    title: "a folder that does not let us write",
    file: '{ path: "/proc/gitlab-runner/config.toml", runners: { main: { runner: known, executor: "shell" } } }',
    message: /path: \/proc\/gitlab-runner\/config\.toml cannot be written \(\w+\)\. /,
  },
  {
    title: "a file on disk that is no TOML",
    file: OK_FILE,
    prepare: putFile('[[runners]\ntoken = "glrt-theirs"\n'),
    message: /config\.toml is not this ConfigToml's alone, so it was not replaced: it is not valid TOML \(line 1/,
  },
  {
    title: "a file on disk that holds somebody else's entry",
    file: OK_FILE,
    prepare: putFile(FOREIGN),
    message:
      /holds entries that are not declared here:\s+"theirs" \(url https:\/\/gitlab\.example\.com, id 9\)\s+Choose one: .*replaceExisting: true/,
  },
];

describe("wrong input on the engine", () => {
  let gitlab: StandInGitLab;
  let stack: TestStack;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    stack = await new TestStack({ GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token }).init();
  });

  for (const { title, runner, file, message, prepare, writes = 0 } of ROWS) {
    it(`is refused with one clear message, and nothing happens: ${title}`, async () => {
      const canaries = new Canaries();
      const canary = canaries.make("value");
      stack.program(`
        const canary = ${JSON.stringify(canary)};
        const known = { url: "https://gitlab.example.com", id: 5, token: "glrt-" + canary };
        ${runner ? `new Runner("docker", ${runner});` : ""}
        ${file ? `new ConfigToml("host", ${file});` : ""}
      `);
      await prepare?.({ gitlab, stack });
      const before = readIfThere(stack.file);
      const { output } = await stack.failUp();
      assert.match(output, message);
      canaries.assertNone({ "what was said": output });
      assert.ok(!/glrt-theirs|canary-wrong-token|glpat-/.test(output), output);
      assert.ok(!/\n\s+at .*\.js:\d+/.test(output), `a stack trace was shown:\n${output}`);
      assert.equal(
        gitlab.requests.count(({ method }) => method !== "GET"),
        writes,
      );
      assert.equal(gitlab.runners.size, 0);
      assert.equal(readIfThere(stack.file), before);
      assert.deepEqual(await stack.resources(), []);
    });
  }
});

function readIfThere(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "a directory";
  }
}
