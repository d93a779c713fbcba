import assert from "node:assert/strict";
import { InvalidInputError } from "../../provider/errors.js";
import { findSettings, keepConfig, requireSameAddress } from "../../provider/lifecycle/settings.js";

type Words = Record<string, string>;

/** What the settings are for a stack config (or explicit provider) and an environment. */
function settingsOf(config: Words, environment: Words = {}) {
  keepConfig({ get: (key) => config[key] });
  return findSettings(environment);
}

function refusalOf(config: Words, environment: Words = {}): string {
  try {
    settingsOf(config, environment);
  } catch (error) {
    assert.ok(error instanceof InvalidInputError, String(error));
    return error.message;
  }
  return assert.fail("it was not refused");
}

const ENVIRONMENT = { GITLAB_BASE_URL: "https://env.example.com/api/v4/", GITLAB_TOKEN: "env-token" };
const STACK = { "gitlab-runner:baseUrl": "https://stack.example.com", "gitlab-runner:token": "stack-token" };
const PEER = { "gitlab:baseUrl": "https://peer.example.com/api/v4", "gitlab:token": "peer-token" };
const PROVIDER = {
  "gitlab-runner-provider:baseUrl": "https://own.example.com",
  "gitlab-runner-provider:token": "own-token",
};

describe("which GitLab, and as whom", () => {
  afterEach(() => keepConfig({ get: () => undefined }));

  const rows: [string, Words, Words, string][] = [
    [
      "a Provider's own values win over all",
      { ...STACK, ...PEER, ...PROVIDER },
      ENVIRONMENT,
      "https://own.example.com own-token",
    ],
    ["the environment wins over stack config", { ...STACK, ...PEER }, ENVIRONMENT, "https://env.example.com env-token"],
    ["stack config wins over pulumi-gitlab's", { ...STACK, ...PEER }, {}, "https://stack.example.com stack-token"],
    ["pulumi-gitlab's config is the last", PEER, {}, "https://peer.example.com peer-token"],
    [
      "half an environment is passed over",
      STACK,
      { GITLAB_TOKEN: "env-token" },
      "https://stack.example.com stack-token",
    ],
    [
      "stack config's address takes a token from the environment where it says so",
      { "gitlab-runner:baseUrl": "https://stack.example.com", "gitlab-runner:tokenEnv": "MY_TOKEN" },
      { MY_TOKEN: "mine", GITLAB_TOKEN: "env-token" },
      "https://stack.example.com mine",
    ],
    [
      "so does a Provider's",
      {
        "gitlab-runner-provider:baseUrl": "https://own.example.com",
        "gitlab-runner-provider:tokenEnv": "GITLAB_TOKEN",
      },
      ENVIRONMENT,
      "https://own.example.com env-token",
    ],
  ];
  for (const [title, config, environment, expected] of rows) {
    it(title, () => {
      const { address, token } = settingsOf(config, environment);
      assert.equal(`${address} ${token}`, expected);
    });
  }

  it("names all the ways when nothing is set", () => {
    const message = refusalOf({});
    for (const way of [
      "new Provider",
      "GITLAB_BASE_URL",
      "GITLAB_TOKEN",
      "gitlab-runner:baseUrl",
      "gitlab-runner:token",
      "gitlab:baseUrl",
    ]) {
      assert.ok(message.includes(way), `${way} is not named in: ${message}`);
    }
  });

  const halves: [string, Words, Words, RegExp][] = [
    [
      "a Provider's address never meets the environment's token by itself",
      { "gitlab-runner-provider:baseUrl": "https://own.example.com" },
      ENVIRONMENT,
      /an address but no token in the Provider/,
    ],
    [
      "nor does stack config's",
      { "gitlab-runner:baseUrl": "https://stack.example.com" },
      { GITLAB_TOKEN: "env-token" },
      /a token but no address in the environment.*an address but no token in stack config/,
    ],
    [
      "an address in one place and a token in another are not put together",
      { "gitlab:baseUrl": "https://peer.example.com", "gitlab-runner:token": "t" },
      {},
      /a token but no address in stack config.*an address but no token in pulumi-gitlab/,
    ],
    [
      "a variable that is not set is named",
      { "gitlab-runner:baseUrl": "https://stack.example.com", "gitlab-runner:tokenEnv": "MY_TOKEN" },
      {},
      /names the variable MY_TOKEN, which is not set/,
    ],
  ];
  for (const [title, config, environment, message] of halves) {
    it(title, () => {
      const told = refusalOf(config, environment);
      assert.match(told, message);
      assert.ok(!/env-token|own-token/.test(told), told);
    });
  }

  it("says which place has an address that is none", () => {
    assert.match(
      refusalOf({}, { ...ENVIRONMENT, GITLAB_BASE_URL: "gitlab" }),
      /the address from the environment .* is not an address/,
    );
  });

  it("takes movedFrom as JSON or with commas, and normalizes it", () => {
    for (const list of [
      '["https://old.example.com/","https://older.example.com/ci"]',
      "https://old.example.com, https://older.example.com",
    ]) {
      const { movedFrom } = settingsOf({ ...STACK, "gitlab-runner:movedFrom": list });
      assert.deepEqual(movedFrom, ["https://old.example.com", "https://older.example.com"]);
    }
    assert.match(refusalOf({ ...STACK, "gitlab-runner:movedFrom": "[oops" }), /movedFrom must be a list of addresses/);
    assert.match(
      refusalOf({ ...STACK, "gitlab-runner:movedFrom": "nowhere" }),
      /an address in movedFrom is not an address/,
    );
  });

  it("ties an id to its address, with both in the refusal and the way out", () => {
    const settings = settingsOf(STACK);
    requireSameAddress("https://stack.example.com", "7", settings);
    requireSameAddress("https://old.example.com", "7", { ...settings, movedFrom: ["https://old.example.com"] });
    assert.throws(
      () => requireSameAddress("https://old.example.com", "7", settings),
      /runner 7 is known at https:\/\/old\.example\.com, but the configured GitLab is https:\/\/stack\.example\.com.*movedFrom/s,
    );
  });
});
