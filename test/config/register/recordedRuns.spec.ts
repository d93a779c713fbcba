import assert from "node:assert/strict";
import { renderWords } from "../../../provider/cli/render.js";
import { CommandFailure } from "../../../provider/config/register/failure.js";
import type {
  FileCommandInput,
  FileCommandResult,
  RunnerReply,
} from "../../../provider/config/register/fileCommand.js";
import { list } from "../../../provider/config/register/list.js";
import { type RegisterInput, register } from "../../../provider/config/register/register.js";
import { resetToken } from "../../../provider/config/register/resetToken.js";
import type { GitLabAnswer } from "../../../provider/config/register/runnerStep.js";
import { unregister } from "../../../provider/config/register/unregister.js";
import { verify } from "../../../provider/config/register/verify.js";
import { parseToml } from "../../../provider/config/toml.js";
import { GitLabRunnerError } from "../../../provider/errors.js";
import {
  endsByAnswer,
  type RecordedRequest,
  type RecordedRun,
  readReply,
  readRuns,
  withoutTries,
} from "../../support/registerRuns.js";

const runs = readRuns();
const registrations = runs.filter(({ args }) => args[0] === "register");
const rendered = registrations.filter((run) => !endsByAnswer(run));
const refused = registrations.filter(endsByAnswer);

/** The options that stand for GitLab's answer, the clock and the host of the recording. */
function optionsFor({ before, folder, requests }: RecordedRun): string[] {
  const reply = requests[0] && readReply(requests[0]);
  const options = ["--token-obtained-at", "2026-01-02T03:04:05Z", "--hostname", "HOSTNAME"];
  if (before !== undefined) options.push("--config", `${folder}/before.toml`);
  if (reply?.id) options.push("--runner-id", String(reply.id));
  if (reply?.token) options.push("--issued-token", reply.token);
  if (reply?.token_expires_at) options.push("--token-expires-at", reply.token_expires_at);
  return options;
}

/** Runs in the folder of the recording, whose template the words name. */
function render(run: RecordedRun): string {
  const home = process.cwd();
  process.chdir(run.folder);
  try {
    const world = { environment: run.env, readAnswers: () => run.stdin ?? "" };
    return renderWords([...optionsFor(run), "--", ...run.args], world).text;
  } finally {
    process.chdir(home);
  }
}

function inputFor(run: RecordedRun): RegisterInput {
  const [first] = run.requests;
  const reply = first && readReply(first);
  const answer: GitLabAnswer = reply?.id
    ? { id: reply.id, token: reply.token, tokenExpiresAt: reply.token_expires_at ?? undefined }
    : { status: first?.response.status ?? 500 };
  return {
    words: run.args,
    environment: run.env,
    template: run.template,
    existing: run.before,
    typed: run.stdin ?? "",
    answer,
    hostname: "HOSTNAME",
    now: new Date("2026-01-02T03:04:05Z"),
    platform: "linux",
    systemId: run.systemId,
  };
}

function failureOf(action: () => unknown): CommandFailure {
  try {
    action();
  } catch (error) {
    if (error instanceof CommandFailure) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: "did not fail" });
}

describe(`the ${rendered.length} recorded runs of register that do not end by GitLab's answer`, () => {
  let right = 0;
  let equalBytes = 0;
  for (const run of rendered) {
    it(`${run.name} leaves the same file through render`, () => {
      if (run.exit !== 0) assert.throws(() => render(run), GitLabRunnerError);
      else {
        const text = render(run);
        assert.deepEqual(parseToml(text), parseToml(run.after ?? ""));
        if (text === run.after) equalBytes++;
      }
      right++;
    });

    it(`${run.name} asks the same of GitLab`, () => {
      if (run.exit === 0) assert.deepEqual(register(inputFor(run)).requests, withoutTries(run));
      else if (run.requests.length > 0) {
        assert.deepEqual(failureOf(() => register(inputFor(run))).requests, withoutTries(run));
      }
    });
  }

  after(() => {
    const written = rendered.filter(({ after }) => after !== undefined).length;
    console.log(`      register ${right} of ${rendered.length}; ${equalBytes} of ${written} files equal byte for byte`);
  });
});

describe(`the ${refused.length} recorded runs of register that end by GitLab's answer`, () => {
  for (const run of refused) {
    it(`${run.name} fails after the same request`, () => {
      assert.deepEqual(failureOf(() => register(inputFor(run))).requests, withoutTries(run));
    });
  }
});

const COMMANDS: Record<string, (input: FileCommandInput) => FileCommandResult> = {
  unregister,
  verify,
  "reset-token": resetToken,
  list: (input) => {
    list(input);
    return { requests: [] };
  },
};

function replyOf(request: RecordedRequest): RunnerReply {
  const reply = readReply(request);
  const { token, token_expires_at, id } = reply ?? {};
  return { status: request.response.status, id, token, tokenExpiresAt: token_expires_at ?? undefined };
}

for (const [name, command] of Object.entries(COMMANDS)) {
  const recorded = runs.filter(({ args }) => args[0] === name);
  describe(`the ${recorded.length} recorded runs of ${name}`, () => {
    let right = 0;
    for (const run of recorded) {
      it(`${run.name} sends the same and leaves the same file`, () => {
        const input: FileCommandInput = {
          words: run.args.slice(1),
          environment: run.env,
          existing: run.before,
          replies: run.requests.map(replyOf),
          systemId: run.systemId,
          now: "2026-01-02T03:04:05.123456789Z",
        };
        const result = run.exit === 0 ? command(input) : failureOf(() => command(input));
        assert.deepEqual(result.requests, withoutTries(run));
        const text = "text" in result ? result.text : undefined;
        assert.equal(text ?? run.before, run.after);
        right++;
      });
    }
    after(() => console.log(`      ${name} ${right} of ${recorded.length}`));
  });
}

describe("list", () => {
  it("tells name, executor, token and address of each entry, in the order of the file", () => {
    const run = runs.find(({ args }) => args[0] === "list");
    const entries = list({ words: [], existing: run?.before });
    assert.deepEqual(
      entries.map(({ name, token }) => [name, token]),
      [
        ["old", "glrt-OLD"],
        ["legacy", "OLDLEGACYTOKEN"],
      ],
    );
  });
});
