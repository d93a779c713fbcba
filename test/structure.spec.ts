import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

const ROOT = join(__dirname, "../..");
const PROVIDER = join(ROOT, "provider");

/** Modules of the first level that every room may use: they know nothing of the others. */
const SHARED = ["address", "errors", "path", "secrets"];

/**
 * Which rooms and packages a room may import. `types` may be imported as types only; `node:` stands for the built-in
 * modules.
 */
const RULES: Record<string, { may: string[]; types?: string[] }> = {
  index: { may: ["resources"], types: ["config"] },
  resources: { may: ["lifecycle", "@pulumi/pulumi", "errors", "path", "config/schema"], types: ["config"] },
  lifecycle: { may: ["gitlab", "config", "delivery", ...SHARED, "zod", "fastest-levenshtein", "node:"] },
  gitlab: { may: [...SHARED, "axios", "https-proxy-agent", "zod", "node:"] },
  config: {
    may: [...SHARED, "zod", "@iarna/toml", "smol-toml", "toml-eslint-parser", "fastest-levenshtein", "node:"],
  },
  delivery: { may: ["errors", "ssh2", "node:"], types: ["ssh2"] },
  cli: {
    may: [
      "config",
      "gitlab",
      "delivery/target",
      "hono/html",
      ...SHARED,
      "lifecycle/connection",
      "lifecycle/runner/drain",
      "lifecycle/report",
      "diff",
      "lifecycle/configToml/spec",
      "lifecycle/runner/attributes",
      "lifecycle/runner/marker",
      "lifecycle/runner/reference",
      "lifecycle/settings",
      "node:",
    ],
  },
  testing: { may: ["graphql", "hono", "@hono/node-server", "node:"] },
  address: { may: [] },
  errors: { may: [] },
  path: { may: [] },
  secrets: { may: ["node:"] },
};

interface Import {
  file: string;
  target: string;
  isType: boolean;
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : path.endsWith(".ts") ? [path] : [];
  });
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|(?:import|require)\(\s*["']([^"']+)["']\s*\)/g;

function listImports(path: string): Import[] {
  const text = readFileSync(path, "utf8").replace(/^\s*\*.*$/gm, "");
  const found = [...text.matchAll(IMPORT)].map(([, type, from, called]) => ({ type, target: from ?? called ?? "" }));
  // Code that is written for another process is no import of this one.
  const imports = found.filter(({ target }) => !target.includes("${"));
  return imports.map(({ type, target }) => {
    const resolved = target.startsWith(".")
      ? relative(PROVIDER, normalize(join(dirname(path), target))).replace(/\.js$/, "")
      : target;
    return { file: relative(PROVIDER, path), target: resolved, isType: !!type };
  });
}

const roomOf = (path: string) => path.split("/")[0]?.replace(/\.ts$/, "") ?? "";

function isAllowed({ file, target, isType }: Import): boolean {
  const room = roomOf(file);
  const rule = RULES[room];
  if (!rule) return false;
  const fits = (allowed: string) =>
    target === allowed || target.startsWith(allowed.endsWith(":") ? allowed : `${allowed}/`);
  return roomOf(target) === room || rule.may.some(fits) || (isType && (rule.types ?? []).some(fits));
}

describe("the structure of provider/", () => {
  const files = listFiles(PROVIDER);
  const imports = files.flatMap(listImports);

  it("lets each room import only what it may", () => {
    assert.ok(imports.length > 200, `only ${imports.length} imports were found`);
    const forbidden = imports
      .filter((one) => !isAllowed(one))
      .map(({ file, target }) => `${file} may not import ${target}`);
    assert.deepEqual(forbidden, []);
  });

  it("keeps Pulumi's SDK in resources/, HTTP in gitlab/client.ts, and each parser in its one place", () => {
    const users = (name: string) => [
      ...new Set(imports.filter(({ target, isType }) => target === name && !isType).map(({ file }) => file)),
    ];
    assert.ok(users("@pulumi/pulumi").every((file) => file.startsWith("resources/")));
    assert.deepEqual(users("axios"), ["gitlab/client.ts"]);
    assert.deepEqual(users("smol-toml"), ["config/toml.ts"]);
    assert.deepEqual(users("toml-eslint-parser"), ["config/document.ts"]);
    assert.deepEqual(users("@iarna/toml"), ["config/secondOpinion.ts"]);
  });

  it("shares no code between the client and the stand-in GitLab", () => {
    const shared = imports.filter(
      ({ file, target }) =>
        file.startsWith("testing/") !== target.startsWith("testing/") &&
        (file.startsWith("testing/")
          ? /^[a-z]+\//.test(target) && !/^(graphql|hono|node)/.test(target)
          : target.startsWith("testing/")),
    );
    assert.deepEqual(shared, []);
  });

  it("has a rule for every room, and no room without files", () => {
    const rooms = new Set(files.map((file) => roomOf(relative(PROVIDER, file))));
    assert.deepEqual([...rooms].sort(), Object.keys(RULES).sort());
  });

  it("has no file above 300 lines that is not generated", () => {
    const long = files.filter(
      (file) =>
        !/^\/\/ Generated/.test(readFileSync(file, "utf8")) && readFileSync(file, "utf8").split("\n").length > 300,
    );
    assert.deepEqual(long, []);
  });

  it("says nothing twice that the generator says: the generated files are up to date", async () => {
    const { execFileSync } = await import("node:child_process");
    const { makeFolder } = await import("./support/folder.js");
    const folder = makeFolder();
    execFileSync(process.execPath, [join(ROOT, "scripts/generate/main.mjs"), folder], { stdio: "pipe" });
    for (const name of ["types.ts", "table.ts", "flags.ts"]) {
      assert.equal(
        readFileSync(join(folder, name), "utf8"),
        readFileSync(join(PROVIDER, "config/schema", name), "utf8"),
        name,
      );
    }
  });
});
