import assert from "node:assert/strict";
import { parse as parseOther } from "@iarna/toml";
import fc from "fast-check";
import { readConfigFile } from "../../provider/config/file.js";
import { type ConfigPatch, patchConfig } from "../../provider/config/patch.js";
import { parseToml } from "../../provider/config/toml.js";
import { NO_TIME, type Table } from "../../provider/config/value.js";
import { foreignFiles } from "../support/tomlText.js";

const NOTHING: ConfigPatch = { added: [], replaced: new Map(), removed: new Map(), globals: {} };

function ours(id: number, settings: Table = {}): Table {
  return {
    name: `ours ${id}`,
    url: "https://gitlab.example.com",
    id: BigInt(id),
    token: `glrt-ours-${id}`,
    token_obtained_at: NO_TIME,
    token_expires_at: NO_TIME,
    executor: "shell",
    ...settings,
  };
}

const settings = fc.record<Table>(
  {
    limit: fc.bigInt({ min: 1n, max: 9n }),
    environment: fc.array(fc.constantFrom("A=1", 'B="x"', "C=\n#"), { minLength: 1, maxLength: 3 }),
    docker: fc.record<Table>(
      { image: fc.constantFrom("alpine", "a\\b"), privileged: fc.boolean() },
      { noNullPrototype: true },
    ),
    feature_flags: fc.constant<Table>({ "a.b": true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const globals = fc.record<Table>(
  {
    concurrent: fc.bigInt({ min: 2n, max: 9n }),
    log_level: fc.constantFrom("debug", "warn"),
    session_server: fc.record<Table>(
      { session_timeout: fc.constant(60n), listen_address: fc.constant(":8093") },
      { noNullPrototype: true },
    ),
    labels: fc.record<Table>({ env: fc.constant("prod"), "a.b": fc.constant("x") }, { noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Places of our entries, by what they hold: a patch is told places. */
function placesOf(text: string, ids: number[]): number[] {
  const { entries } = readConfigFile(text);
  return ids.map((id) => entries.findIndex((entry) => entry.id === BigInt(id)));
}

describe("patching a config.toml of others", () => {
  it("gives back 500 random files byte for byte after create, update and delete", () => {
    fc.assert(
      fc.property(foreignFiles(), fc.array(settings, { minLength: 1, maxLength: 3 }), settings, (file, own, later) => {
        const ids = own.map((_, index) => index + 1);
        const created = patchConfig(file.text, { ...NOTHING, added: own.map((one, index) => ours(index + 1, one)) });
        if (!file.isInline) assert.ok(created.text.startsWith(file.text));
        const places = placesOf(created.text, ids);
        const replaced = new Map([[places[0] ?? -1, ours(1, later)]]);
        const updated = patchConfig(created.text, { ...NOTHING, replaced });
        assert.deepEqual(
          parseToml(updated.text),
          parseToml(
            patchConfig(file.text, {
              ...NOTHING,
              added: [ours(1, later), ...own.slice(1).map((one, index) => ours(index + 2, one))],
            }).text,
          ),
        );
        const removed = new Map(placesOf(updated.text, ids).map((place, index) => [place, created.gaps[index] ?? ""]));
        assert.equal(patchConfig(updated.text, { ...NOTHING, removed }).text, file.text);
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });

  it("adds and changes global settings and nothing else, in 500 random files", () => {
    fc.assert(
      fc.property(foreignFiles(), globals, (file, declared) => {
        const { text } = patchConfig(file.text, { ...NOTHING, globals: declared });
        const { concurrent, log_level, session_server, labels } = parseToml(text);
        const { concurrent: _c, log_level: _l, session_server: _s, labels: _a, ...rest } = parseToml(text);
        assert.deepEqual(
          { concurrent, log_level, session_server, labels },
          { concurrent: undefined, log_level: undefined, session_server: undefined, labels: undefined, ...declared },
        );
        assert.deepEqual(rest, parseToml(file.text));
        assert.equal(patchConfig(text, { ...NOTHING, globals: declared }).text, text, "done twice");
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });

  it("leaves what older parsers can read readable for them", () => {
    fc.assert(
      fc.property(foreignFiles({ version: "1.0" }), settings, globals, (file, own, declared) => {
        try {
          parseOther(file.text.replace(/^\uFEFF/, ""));
        } catch {
          return;
        }
        const { text } = patchConfig(file.text, { ...NOTHING, added: [ours(1, own)], globals: declared });
        const read = parseOther(text.replace(/^\uFEFF/, "")) as { runners: { name: string }[] };
        assert.equal(read.runners.at(-1)?.name, "ours 1");
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });
});
