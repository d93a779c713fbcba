import assert from "node:assert/strict";
import { GitLabCallError, InvalidInputError } from "../../provider/errors.js";
import { openClient } from "../../provider/gitlab/client.js";
import { getRunner } from "../../provider/gitlab/runners.js";
import type { TlsSettings } from "../../provider/gitlab/tls.js";
import type { StandInGitLab } from "../../provider/testing/index.js";
import { type Identity, issue, makeAuthority, writeFiles } from "../support/certificates.js";
import { makeFolder } from "../support/folder.js";
import { makeGitLab } from "../support/gitlab.js";
import { failureOf } from "../support/reject.js";
import { startTlsFront, type TlsFront } from "../support/tlsFront.js";

describe("a GitLab with TLS of its own", () => {
  let authority: Identity;
  let server: Identity;
  let client: Identity;
  let gitlab: StandInGitLab;

  before(async () => {
    authority = await makeAuthority();
    server = await issue(authority, "gitlab.example.test");
    client = await issue(authority, "pulumi");
  });

  beforeEach(async () => {
    gitlab = await makeGitLab();
    gitlab.createRunner({ runnerType: "instance_type" });
  });

  async function ask(front: TlsFront, tls?: TlsSettings) {
    const connection = { address: `https://127.0.0.1:${front.port}`, token: gitlab.token, tls };
    const opened = await openClient(connection, { environment: {}, tell: assert.fail });
    return { opened, ask: () => getRunner(opened, { id: "1", secrets: [] }) };
  }

  async function refusal(front: TlsFront, tls?: TlsSettings): Promise<string> {
    const error = await failureOf((await ask(front, tls)).ask());
    assert.ok(error instanceof GitLabCallError, String(error));
    assert.ok(!error.message.includes(gitlab.token));
    return error.message;
  }

  it("is trusted by the CA in cacertFile, over one connection that is kept", async () => {
    const front = await startTlsFront(gitlab.url, server);
    const { cacertFile } = writeFiles({ cacertFile: authority.cert });
    const { ask: again } = await ask(front, { cacertFile });
    for (let i = 0; i < 5; i++) assert.equal((await again()).id, 1);
    assert.deepEqual([front.connections, gitlab.requests.count()], [1, 5]);
  });

  it("is not trusted without, is asked once, and the error says which argument helps", async () => {
    const front = await startTlsFront(gitlab.url, server);
    assert.match(await refusal(front), /certificate is not trusted.*cacertFile/);
    const other = writeFiles({ cacertFile: (await makeAuthority("Another CA")).cert });
    assert.match(await refusal(front, other), /certificate is not trusted.*cacertFile/);
    assert.deepEqual([front.connections, gitlab.requests.count()], [2, 0]);
  });

  it("is not trusted under another name than its certificate's", async () => {
    const front = await startTlsFront(gitlab.url, await issue(authority, "elsewhere.example.test", []));
    const { cacertFile } = writeFiles({ cacertFile: authority.cert });
    assert.match(await refusal(front, { cacertFile }), /altnames.*the host that the certificate names/s);
  });

  it("is taken with any certificate by insecure", async () => {
    const front = await startTlsFront(gitlab.url, server);
    assert.equal((await (await ask(front, { insecure: true })).ask()).id, 1);
  });

  it("may want a client certificate, and gets it", async () => {
    const front = await startTlsFront(gitlab.url, { ...server, ...demand(authority) });
    const files = writeFiles({ cacertFile: authority.cert, clientCert: client.cert, clientKey: client.key });
    assert.equal((await (await ask(front, files)).ask()).id, 1);
    assert.deepEqual(front.clients, ["pulumi"]);
    const { cacertFile } = files;
    assert.match(await refusal(front, { cacertFile }), /client certificate \(clientCert and clientKey\)/);
    assert.equal(gitlab.requests.count(), 1);
  });

  const wrongFiles: [string, () => Promise<TlsSettings>, RegExp[]][] = [
    [
      "files that are not there, all at once",
      async () => ({ cacertFile: `${makeFolder()}/none`, clientCert: `${makeFolder()}/none`, clientKey: makeFolder() }),
      [/^cacertFile: .*ENOENT.*PEM file/m, /^clientCert: .*ENOENT/m, /^clientKey: .*EISDIR/m],
    ],
    ["a file without PEM", async () => writeFiles({ cacertFile: "secret" }), [/^cacertFile: .*not in PEM form/]],
    [
      "a certificate that is none",
      async () => writeFiles({ cacertFile: authority.cert.replace(/\n.{40}/, "\nxxxx") }),
      [/^cacertFile: .*no certificate that can be read/],
    ],
    [
      "a key of another certificate",
      async () => writeFiles({ clientCert: client.cert, clientKey: server.key }),
      [/^clientKey: the key does not belong/],
    ],
  ];
  for (const [what, make, messages] of wrongFiles) {
    it(`refuses ${what}, before anything is sent`, async () => {
      const tls = { ...(await make()), origin: "the environment" };
      const opening = openClient(
        { address: "https://127.0.0.1:1", token: "t", tls },
        { environment: {}, tell: assert.fail },
      );
      const error = await failureOf(opening);
      assert.ok(error instanceof InvalidInputError, String(error));
      for (const message of messages) assert.match(error.message, message);
      assert.ok(!error.message.includes("secret") && !error.message.includes("/none"), error.message);
    });
  }
});

function demand(ca: Identity) {
  return { ca: ca.cert, requestCert: true, rejectUnauthorized: true };
}
