import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { explainAnswer } from "../../provider/delivery/ssh/explain.js";
import { findKnownKeys } from "../../provider/delivery/ssh/knownHosts.js";
import { quote, startCommand, writeProgram } from "../../provider/delivery/ssh/program.js";
import { explainConnecting, type SshError } from "../../provider/delivery/ssh/sshError.js";
import { SshHost } from "../../provider/delivery/ssh/sshHost.js";
import { identifyTarget, nameHost } from "../../provider/delivery/target.js";
import fc from "../support/chance.js";
import { makeFolder } from "../support/folder.js";
import { failureOf } from "../support/reject.js";
import { SILENT_HOST, type SmallSshServer, startSmallSshServer } from "../support/sshServer.js";

describe("commands for a host's shell", () => {
  it("quote any text so that the shell gives it back", () => {
    const text = fc.string({ unit: "grapheme" }).filter((one) => !/[\0\n]/.test(one));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
        const out = execFileSync("sh", ["-c", `printf '%s\\n' ${texts.map(quote).join(" ")}`], { encoding: "utf8" });
        assert.equal(out, texts.map((one) => `${one}\n`).join(""));
      }),
      { numRuns: 20 },
    );
    assert.equal(quote('it\'s $(x) `y` \\ "z" !'), "'it'\\''s $(x) `y` \\ \"z\" !'");
    assert.throws(() => quote("a\nb"));
    assert.throws(() => quote("a\0b"));
  });

  it("begin with one that holds neither a path nor the program, as root where that is asked for", () => {
    const start = { programBytes: 42, nonce: "n0nce" };
    const read = `p=$(dd bs=1 count=42 2>/dev/null) && eval "$p"`;
    assert.equal(startCommand({ ...start, root: "none" }), `exec sh -c '${read}'`);
    assert.equal(startCommand({ ...start, root: "free" }), `exec sudo -n sh -c '${read}'`);
    assert.equal(
      startCommand({ ...start, root: "password" }),
      `exec sudo -k -S -p 'n0nce password' sh -c 'echo; echo n0nce begun; ${read}'`,
    );
  });

  it("are a program that a shell understands, and that answers each line", () => {
    const program = writeProgram("n0nce");
    execFileSync("sh", ["-n"], { input: program });
    const input = `${program}say 'a b'\nfalse\n`;
    const out = execFileSync("sh", ["-c", `p=$(dd bs=1 count=${program.length} 2>/dev/null) && eval "$p"`], {
      input,
      encoding: "utf8",
    });
    assert.equal(out, "\nn0nce ready\n=a b\n\nn0nce 0\n\nn0nce 1\n");
  });

  it("never run what is left of a content that could not be stored", () => {
    const program = writeProgram("n0nce");
    const payload = "say 'run'\nsay 'run'\n";
    const input = `${program}folder=/no/such\nstage 'x' '${payload.length}'\n${payload}`;
    const out = execFileSync("sh", ["-c", `p=$(dd bs=1 count=${program.length} 2>/dev/null) && eval "$p"`], {
      input,
      encoding: "utf8",
    });
    assert.match(out, /\nn0nce [1-9]\d*\n$/);
    assert.ok(!out.includes("=run"), out);
  });
});

describe("known_hosts", () => {
  const key = Buffer.from("key").toString("base64");
  const find = (patterns: string, host: string, port = 22) =>
    findKnownKeys(`${patterns} ssh-ed25519 ${key} comment`, host, port).trusted.length;

  it("finds a host by name, port, pattern and hash, as OpenSSH does", () => {
    const hash = (name: string) =>
      `|1|${Buffer.from("salt").toString("base64")}|${createHmac("sha1", "salt").update(name).digest("base64")}`;
    assert.deepEqual(
      [
        find("a.example,10.0.0.1", "A.example"),
        find("a.example", "a.example", 2222),
        find("[a.example]:2222", "a.example", 2222),
        find("[a.example]:2222", "a.example"),
        find("*.example", "b.example"),
        find("*.example,!b.example", "b.example"),
        find("1?.0.0.1", "10.0.0.1"),
        find("a.example", "aXexample"),
        find(hash("a.example"), "a.example"),
        find(hash("[a.example]:2222"), "a.example", 2222),
        find(hash("b.example"), "a.example"),
        find("# a.example", "a.example"),
        find("@cert-authority a.example", "a.example"),
      ],
      [1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0],
    );
    const { trusted, revoked } = findKnownKeys(`@revoked * ssh-rsa ${key}\n\nbroken\n`, "a", 22);
    assert.deepEqual([trusted.length, revoked.length], [0, 1]);
  });

  it("takes a line without a port for a host on any port, unless another one has the port, as OpenSSH does", () => {
    const [one, two] = ["one", "two"].map((text) => Buffer.from(text).toString("base64"));
    const lines = [`a ssh-rsa ${one}`, `@revoked a ssh-rsa ${one}`, `@revoked [a]:2222 ssh-rsa ${two}`];
    const texts = ({ trusted, revoked, isOfPort }: ReturnType<typeof findKnownKeys>) => {
      return [trusted.map((known) => String(known.key)), revoked.map(String), isOfPort];
    };
    assert.deepEqual(texts(findKnownKeys(lines.join("\n"), "a", 2222)), [["one"], ["one", "two"], false]);
    lines.push(`[a]:2222 ssh-rsa ${two}`);
    assert.deepEqual(texts(findKnownKeys(lines.join("\n"), "a", 2222)), [["two"], ["two"], true]);
  });
});

describe("a small host", () => {
  const reach = ({ port, hostKey }: SmallSshServer, password = "canary") =>
    new SshHost({ host: "127.0.0.1", port, user: "deploy", password, hostKey, timeout: 5 });

  it("gets the password in answer to its question, where it takes it in no other way; once, since it counts wrong ones", async () => {
    const file = join(makeFolder(), "config.toml");
    writeFileSync(file, "concurrent = 1");
    const server = await startSmallSshServer("canary", undefined, ["keyboard-interactive"]);
    assert.equal(await reach(server).read(file), "concurrent = 1");
    assert.match(
      (await failureOf(reach(server, "wrong").read(file))).message,
      /lets nobody in as deploy with target\.ssh\.password/,
    );
    const asks = await startSmallSshServer("canary");
    assert.equal(await reach(asks).read(file), "concurrent = 1");
    assert.match((await failureOf(reach(asks, "wrong").read(file))).message, /lets nobody in/);
  });

  it("is not waited for any longer than said where its jump host does not tell whether it is there", async () => {
    const { port, hostKey } = await startSmallSshServer("canary");
    const proxyJump = { host: "127.0.0.1", port, user: "jump", password: "canary", hostKey };
    const behind = { host: SILENT_HOST, user: "deploy", password: "none", hostKey, timeout: 1, proxyJump };
    const error = await failureOf(new SshHost(behind).read("/etc/x"));
    assert.match(
      error.message,
      /^target\.ssh: deploy@silent\.invalid cannot be reached through 127\.0\.0\.1 \(no answer for 1 s\)/,
    );
    assert.equal((error as SshError).isUnreachable, true);
  });
});

describe("a host with several addresses", () => {
  it("is told by the one that this machine's network reaches", async () => {
    // Nobody can be reached at the first: it is none of a host's own.
    const addresses = [
      { address: "224.0.0.1", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    const socket = connect({ host: "two.example.com", port: 1, lookup: (_name, _how, done) => done(null, addresses) });
    const [error] = (await once(socket, "error")) as [Error & { code: string }];
    assert.ok(error instanceof AggregateError, String(error));
    const told = explainConnecting({ host: "two.example.com", user: "deploy" }, error);
    assert.match(told.message, /deploy@two\.example\.com refuses connections \(ECONNREFUSED\)/);
    assert.equal(told.isUnreachable, true);
  });
});

describe("a host's name", () => {
  it("has user, host and a port that is not the usual one; the way there does not tell hosts apart", () => {
    const ssh = { host: "Web-1", user: "deploy" };
    assert.deepEqual([nameHost(ssh), nameHost({ ...ssh, port: 2222 })], ["deploy@Web-1", "deploy@Web-1:2222"]);
    const other = { ssh: { host: "web-1", port: 22, user: "root", sudo: true, proxyJump: ssh } };
    assert.equal(identifyTarget({ ssh }), identifyTarget(other));
    assert.notEqual(identifyTarget({ ssh }), identifyTarget({ ssh: { ...ssh, port: 23 } }));
    assert.equal(identifyTarget(undefined), "");
  });
});

describe("a host's words for an error", () => {
  it("lead to what to do, and stand in the message", () => {
    const target = { host: "h", user: "deploy" };
    const explain = (words: string, sudo = false) =>
      explainAnswer(
        { path: "/etc/x", what: "cannot be written", target: { ...target, sudo } },
        { isOk: false, said: [], words },
      ).message;
    assert.equal(
      explain("mkdir: /etc: Permission denied"),
      "path: /etc/x on deploy@h cannot be written (mkdir: /etc: Permission denied). " +
        "Give deploy the right to do this there, set target.ssh.sudo: true, or choose another path",
    );
    assert.match(explain("Operation not permitted", true), /Not even root may do this there/);
    assert.match(explain("No space left on device"), /Free some space on the disk there/);
    assert.match(explain("sh: od: not found"), /The POSIX tools are needed there/);
    assert.match(explain(""), /\(no reason was given\)\. Look at the path on the host/);
  });
});
