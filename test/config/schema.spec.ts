import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findByArgument, findByKey } from "../../provider/config/schema/field.js";
import { KEY_TABLE, type TypeName } from "../../provider/config/schema/table.js";

const ROOT = join(__dirname, "../../..");

type Fact = Record<string, unknown>;

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), "utf8")) as Fact[];

describe("the key table", () => {
  it("leads from each key to its argument and back, without doubt", () => {
    for (const type of Object.keys(KEY_TABLE) as TypeName[]) {
      for (const field of KEY_TABLE[type]) {
        assert.equal(findByKey(type, field.key), field, `${type}.${field.key}`);
        assert.equal(findByKey(type, field.key.toUpperCase()), field);
        assert.equal(findByArgument(type, field.argument), field, `${type}.${field.argument}`);
      }
    }
  });

  it("is made from a list with the facts that were measured, at every key", () => {
    /** What people wrote may be more here than there. */
    const factsOf = ({ path, key, kind, goType, struct, pointer, omitempty, omitzero, whenZero, flag, env }: Fact) => {
      return { path, key, kind, goType, struct, pointer, omitempty, omitzero, whenZero, flag, env };
    };
    const ours = read("provider/config/schema/fields.json").map(factsOf);
    assert.deepEqual(ours, read("test/fixtures/config-fields.json").map(factsOf));
  });

  it("says of every key what it means, and calls every credential a secret", () => {
    const list = read("provider/config/schema/fields.json");
    for (const { path, doc } of list) assert.ok(String(doc).length >= 8, String(path));
    const credential =
      /(^|[._])(token|password|secretkey|accesskey|accountkey|privatekey|sessiontoken|bearer_token|sentry_dsn)$/i;
    for (const { path, kind, secret } of list) {
      if (kind === "string" && credential.test(String(path))) assert.equal(secret, true, String(path));
      if (kind === "map<string,any>") assert.equal(secret, "items", String(path));
    }
  });
});
