import assert from "node:assert/strict";
import { GitLabCallError, InvalidInputError } from "../../provider/errors.js";
import { openClient } from "../../provider/gitlab/client.js";
import { type Environment, findProxy } from "../../provider/gitlab/proxy.js";
import { getRunner } from "../../provider/gitlab/runners.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { issue, makeAuthority, writeFiles } from "../support/certificates.js";
import { startForwardProxy } from "../support/forwardProxy.js";
import { makeGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { startTlsFront } from "../support/tlsFront.js";

describe("which proxy the environment asks for, by Go's rules", () => {
  const PROXY = { HTTPS_PROXY: "http://secure.example.com:3128", HTTP_PROXY: "plain.example.com:3129" };

  const proxyFor = (address: string, environment: Environment) =>
    findProxy(new URL(address), environment)?.url.href ?? "none";

  it("is that of the address' scheme, and no other", () => {
    assert.equal(proxyFor("https://gitlab.example.com", PROXY), "http://secure.example.com:3128/");
    assert.equal(proxyFor("http://gitlab.example.com", PROXY), "http://plain.example.com:3129/");
    assert.equal(proxyFor("https://gitlab.example.com", { HTTP_PROXY: "http://p:1", ALL_PROXY: "http://p:2" }), "none");
  });

  it("may be in either case; capitals win", () => {
    assert.equal(proxyFor("https://gitlab.example.com", { https_proxy: "http://low:1" }), "http://low:1/");
    assert.equal(
      proxyFor("https://g.example.com", { https_proxy: "http://low:1", HTTPS_PROXY: "http://up:2" }),
      "http://up:2/",
    );
    assert.equal(proxyFor("https://g.example.com", { ...PROXY, no_proxy: "g.example.com" }), "none");
    assert.equal(proxyFor("https://g.example.com", { ...PROXY, HTTPS_PROXY: "" }), "none");
  });

  const direct: [noProxy: string, ...addresses: string[]][] = [
    ["", "https://localhost", "https://localhost:8443", "https://127.0.0.1", "https://127.8.9.1:3000", "https://[::1]"],
    ["*", "https://gitlab.example.com", "https://10.1.2.3"],
    ["example.com", "https://example.com", "https://gitlab.example.com", "https://a.b.example.com:8443"],
    [" Example.COM , other", "https://GitLab.example.com"],
    [".example.com", "https://gitlab.example.com"],
    ["*.example.com", "https://gitlab.example.com", "https://a.b.example.com"],
    ["gitlab.example.com:443", "https://gitlab.example.com", "https://gitlab.example.com:443"],
    ["gitlab.example.com:8443", "https://gitlab.example.com:8443"],
    ["10.1.2.3", "https://10.1.2.3", "https://10.1.2.3:8443"],
    ["10.1.2.3:8443", "https://10.1.2.3:8443"],
    ["10.0.0.0/8", "https://10.1.2.3", "https://10.255.0.1:8443"],
    ["fd00::/8", "https://[fd12::1]"],
    ["fd12::1", "https://[fd12::1]"],
    ["[fd12::1]:8443", "https://[fd12::1]:8443"],
    ["bücher.example", "https://bücher.example"],
  ];
  for (const [noProxy, ...addresses] of direct) {
    it(`NO_PROXY=${noProxy || "(not set)"} keeps the proxy away from ${addresses.join(", ")}`, () => {
      for (const address of addresses)
        assert.equal(proxyFor(address, { ...PROXY, NO_PROXY: noProxy }), "none", address);
    });
  }

  const proxied: [noProxy: string, ...addresses: string[]][] = [
    ["example.com", "https://badexample.com", "https://example.com.evil.org"],
    [".example.com", "https://example.com"],
    ["*.example.com", "https://example.com"],
    ["gitlab.example.com:8443", "https://gitlab.example.com"],
    ["10.0.0.0/8", "https://11.1.2.3", "https://gitlab.example.com"],
    ["10.1.2.3:8443", "https://10.1.2.3"],
    ["exam*.com", "https://example.com"],
    [",, ,", "https://gitlab.example.com"],
    ["10.0.0.0/99", "https://10.1.2.3"],
    ["localhost", "https://0.0.0.0"],
  ];
  for (const [noProxy, ...addresses] of proxied) {
    it(`NO_PROXY=${noProxy} does not keep it away from ${addresses.join(", ")}`, () => {
      for (const address of addresses)
        assert.notEqual(proxyFor(address, { ...PROXY, NO_PROXY: noProxy }), "none", address);
    });
  }

  it("is refused by its variable's name where it is no HTTP proxy; the value is not repeated", () => {
    for (const value of ["socks5://canary:1080", "http://", "ftp://canary", "http://can ary"]) {
      assert.throws(
        () => findProxy(new URL("https://g.example.com"), { HTTPS_PROXY: value }),
        (error: Error) =>
          error instanceof InvalidInputError && /^HTTPS_PROXY: /.test(error.message) && !/can/.test(error.message),
        value,
      );
    }
  });

  it("is refused where its user name or password cannot be read, before the first request", () => {
    assert.equal(proxyFor("https://g.example.com", { HTTPS_PROXY: "http://u:a%25b@p:1" }), "http://u:a%25b@p:1/");
    for (const value of ["http://u:canary%zz@p:1", "http://canary%@p:1"]) {
      assert.throws(() => findProxy(new URL("https://g.example.com"), { HTTPS_PROXY: value }), {
        name: "InvalidInputError",
        message: /^HTTPS_PROXY: has a "%" in its user name or password .*: write "%25" for the sign itself$/,
      });
    }
  });
});

describe("a forward proxy on the way", () => {
  let gitlab: StandInGitLab;
  let environment: Environment;

  beforeEach(async () => {
    gitlab = await makeGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
    environment = {};
  });

  async function ask(address: string, cacertFile?: string) {
    const connection = { address, token: gitlab.token, tls: { cacertFile } };
    const client = await openClient(connection, { environment, tell: assert.fail });
    return getRunner(client, { id: "1", secrets: [] });
  }

  const portOf = (url: string) => new URL(url).port;

  async function startTls() {
    const authority = await makeAuthority();
    const front = await startTlsFront(gitlab.url, await issue(authority, "gitlab.example.test"));
    return { port: front.port, front, ...writeFiles({ cacertFile: authority.cert }) };
  }

  async function refusal(call: Promise<unknown>): Promise<GitLabCallError> {
    const error = await failureOf(call);
    assert.ok(error instanceof GitLabCallError, String(error));
    assert.ok(!error.message.includes(gitlab.token) && !error.message.includes("canary"), error.message);
    return error;
  }

  it("seed row 7: carries requests to http:// (HTTP_PROXY)", async () => {
    const proxy = await startForwardProxy();
    environment = { HTTP_PROXY: `http://${proxy.host}` };
    const port = portOf(gitlab.url);
    assert.equal((await ask(`http://gitlab.example.test:${port}`)).id, 1);
    assert.deepEqual(proxy.readLog(), [`GET http://gitlab.example.test:${port}/api/v4/runners/1`]);
  });

  it("makes one tunnel to https:// (https_proxy), which is kept, with the own CA inside", async () => {
    const proxy = await startForwardProxy();
    const { port, front, cacertFile } = await startTls();
    environment = { https_proxy: proxy.host };
    const connection = { address: `https://gitlab.example.test:${port}`, token: gitlab.token, tls: { cacertFile } };
    const client = await openClient(connection, { environment, tell: assert.fail });
    for (let i = 0; i < 3; i++) assert.equal((await getRunner(client, { id: "1", secrets: [] })).id, 1);
    assert.deepEqual(proxy.readLog(), [`CONNECT gitlab.example.test:${port}`]);
    assert.deepEqual([front.connections, gitlab.requests.count()], [1, 3]);
  });

  it("still trusts only the right certificate inside of the tunnel", async () => {
    const proxy = await startForwardProxy();
    const { port } = await startTls();
    environment = { HTTPS_PROXY: proxy.host };
    assert.match((await refusal(ask(`https://gitlab.example.test:${port}`))).message, /certificate is not trusted/);
    assert.equal(gitlab.requests.count(), 0);
  });

  it("seed row 7: is left out where NO_PROXY says so, and for this machine", async () => {
    const proxy = await startForwardProxy();
    const [port, all] = [portOf(gitlab.url), { HTTP_PROXY: `http://${proxy.host}` }];
    environment = all;
    assert.equal((await ask(`http://127.0.0.1:${port}`)).id, 1);
    environment = { ...all, NO_PROXY: "example.com,0.0.0.0" };
    assert.equal((await ask(`http://0.0.0.0:${port}`)).id, 1);
    assert.deepEqual(proxy.readLog(), []);
    environment = { ...all, NO_PROXY: "example.com" };
    assert.equal((await ask(`http://0.0.0.0:${port}`)).id, 1);
    assert.deepEqual(proxy.readLog(), [`GET http://0.0.0.0:${port}/api/v4/runners/1`]);
  });

  it("gets its credentials, for both schemes; they are in no error", async () => {
    const proxy = await startForwardProxy({ credentials: "user:canary p@ss" });
    const { port, cacertFile } = await startTls();
    const secured = `https://gitlab.example.test:${port}`;
    const plain = `http://gitlab.example.test:${portOf(gitlab.url)}`;
    const good = `http://user:canary%20p%40ss@${proxy.host}`;
    environment = { HTTP_PROXY: good, HTTPS_PROXY: good };
    assert.deepEqual([(await ask(secured, cacertFile)).id, (await ask(plain)).id], [1, 1]);
    const bad = `http://user:canary@${proxy.host}`;
    environment = { HTTP_PROXY: bad, HTTPS_PROXY: bad };
    assert.match((await refusal(ask(secured, cacertFile))).message, /the proxy answered 407.*HTTPS_PROXY/);
    const { message, call } = await refusal(ask(plain));
    assert.equal(call.status, 407);
    assert.match(message, /The proxy that HTTP_PROXY names wants a user name and password/);
  });

  it("is not taken for GitLab when it refuses, even in GitLab's own words, and is asked once", async () => {
    const proxy = await startForwardProxy({ refuses: 404 });
    environment = { HTTPS_PROXY: proxy.host };
    const { call, message } = await refusal(ask("https://gitlab.example.test"));
    assert.match(message, /the proxy answered 404 Not here.*the proxy comes from HTTPS_PROXY/);
    assert.deepEqual([call.isGone, call.status, call.mayHaveHappened], [undefined, undefined, false]);
    assert.deepEqual(proxy.readLog(), ["CONNECT gitlab.example.test:443"]);
  });
});
