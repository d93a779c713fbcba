import assert from "node:assert/strict";
import { fingerprint, redactTokens, SecretFinder } from "../provider/secrets.js";

describe("finding secrets in texts", () => {
  const secret = 'glrt-a"b\\c/é+';

  it("finds one as it is, in JSON, in a URL and in base64", () => {
    const finder = new SecretFinder([secret]);
    const forms = [
      secret,
      JSON.stringify({ secret }),
      `https://x/?token=${encodeURIComponent(secret)}`,
      Buffer.from(secret).toString("base64"),
    ];
    for (const form of forms) {
      assert.equal(finder.isIn(`before ${form} after`), true, form);
      assert.ok(!new SecretFinder([secret]).isIn(finder.redact(form)), form);
    }
    assert.equal(finder.isIn("nothing of the kind"), false);
  });

  it("leaves out what looks like a token of GitLab, and no other word", () => {
    const text =
      "taken: glrt-t1_abcdefgh.01.xyz, acme-glpat-0123456789ab, GR1348941abcdefghij; give a glrt- token, as of global-settings-page";
    const shown = "taken: [secret], [secret], [secret]; give a glrt- token, as of global-settings-page";
    assert.equal(redactTokens(text), shown);
  });

  it("leaves no tail of a longer secret that begins like a shorter one", () => {
    assert.equal(new SecretFinder(["abcd", "abcdefgh"]).redact("x abcdefgh abcd y"), "x [secret] [secret] y");
  });

  it("does not blot out words for a secret of three letters", () => {
    assert.equal(new SecretFinder(["the"]).redact("the text"), "the text");
  });

  it("searches for thousands of secrets about as fast as for one", () => {
    const many = new SecretFinder(Array.from({ length: 5000 }, (_, index) => `glrt-${index}-${index * 7919}`));
    const text = "alpine:3.20 ".repeat(1000);
    const start = performance.now();
    assert.equal(many.isIn(text), false);
    assert.ok(performance.now() - start < 500);
  });
});

describe("fingerprints", () => {
  it("tell values and keys apart, and are stable", () => {
    assert.equal(fingerprint("key", "value"), fingerprint("key", "value"));
    assert.notEqual(fingerprint("key", "value"), fingerprint("key", "other"));
    assert.notEqual(fingerprint("key", "value"), fingerprint("other", "value"));
    assert.match(fingerprint("key", "value"), /^hmac-sha256:[0-9a-f]{16}$/);
  });
});
