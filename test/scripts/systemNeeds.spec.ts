import assert from "node:assert/strict";
import { script, useSandbox } from "./sandbox";

/** Asks for a part, and prints where it is or why it cannot be had. */
const getting = (name: string, file: string) => `
  import { ${name} } from ${script(file)};
  import { SetUpFailure } from ${script("setup/failure.mjs")};
  try {
    console.log(await ${name}(process.env));
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error;
    console.log(error.message);
  }
`;
const python = getting("getPythonGitlab", "test/python.mjs");
const go = getting("findGo", "test/go.mjs");
const chromium = getting("findChromium", "test/chromium.mjs");

describe("python-gitlab for the system specs", () => {
  const sandbox = useSandbox();

  it("cannot be had without Python: the failure names what was looked for and how to get it", async () => {
    const { stdout } = await sandbox().run(python).ended;
    assert.match(stdout, /^Python 3\.10 or later, with its modules venv and ensurepip, is missing:/);
    assert.match(stdout, /- python3: ENOENT\n {2}- python: ENOENT\n/);
    assert.match(stdout, /apt-get install python3 python3-venv\n/);
  });

  it("cannot be had with an old Python, or with one that lacks its venv module", async () => {
    const folder = sandbox().path("bin");
    sandbox().writeProgram("bin/python3", "echo 3.9.2");
    sandbox().writeProgram("bin/python", "echo \"ModuleNotFoundError: No module named 'ensurepip'\"; exit 1");
    const { stdout } = await sandbox().run(python, { folders: [folder] }).ended;
    assert.match(stdout, /- python3: is 3\.9\.2\n {2}- python: ModuleNotFoundError: No module named 'ensurepip'\n/);
  });
});

describe("Go for the system specs", () => {
  const sandbox = useSandbox();

  it("is missed with its name and how to get it, when it is not there or too old", async () => {
    const missing = await sandbox().run(go).ended;
    assert.match(missing.stdout, /^Go 1\.22 or later is missing \(go: ENOENT\)/);
    assert.match(missing.stdout, /apt-get install golang-go\n/);
    sandbox().writeProgram("bin/go", "echo go1.21.13");
    const old = await sandbox().run(go, { folders: [sandbox().path("bin")] }).ended;
    assert.match(old.stdout, /^Go 1\.22 or later is missing \(this is go1\.21\.13\)/);
  });

  it("is taken when it is new enough", async () => {
    for (const [words, version] of [
      ["go1.22", "1.22.0"],
      ["go1.26.8", "1.26.8"],
      ["go1.27rc1", "1.27.0"],
    ]) {
      sandbox().writeProgram("bin/go", `echo ${words}`);
      const { stdout } = await sandbox().run(go, { folders: [sandbox().path("bin")] }).ended;
      assert.equal(stdout, `${version}\n`);
    }
  });
});

describe("rsync for the system specs", () => {
  const sandbox = useSandbox();

  it("is missed with how to get it, also where something else has its name; and taken where it is there", async () => {
    const rsync = getting("findRsync", "test/rsync.mjs");
    const folders = [sandbox().path("bin")];
    assert.match((await sandbox().run(rsync).ended).stdout, /^rsync is missing\.[\s\S]*apt-get install rsync\n/);
    sandbox().writeProgram("bin/rsync", "echo usage: something else");
    assert.match((await sandbox().run(rsync, { folders }).ended).stdout, /^rsync is missing/);
    sandbox().writeProgram("bin/rsync", 'echo "rsync  version 3.2.7  protocol version 31"');
    assert.equal((await sandbox().run(rsync, { folders }).ended).stdout, "rsync\n");
  });
});

describe("PostgreSQL for the system specs", () => {
  const sandbox = useSandbox();

  it("is taken where server and initdb lie together, and only there", async () => {
    const postgres = getting("findPostgres", "test/postgres.mjs");
    const [half, whole] = [sandbox().path("half"), sandbox().path("whole")];
    sandbox().writeProgram("half/postgres", "echo postgres '(PostgreSQL)' 15.1");
    for (const name of ["postgres", "initdb"]) {
      sandbox().writeProgram(`whole/${name}`, "echo postgres '(PostgreSQL)' 15.18");
    }
    assert.equal((await sandbox().run(postgres, { folders: [half, whole] }).ended).stdout, `${whole}\n`);
  });
});

describe("Chromium for the system specs", () => {
  const sandbox = useSandbox();

  it("is missed with its name and how to get it, also where a program of its name is something else", async () => {
    sandbox().writeProgram("bin/chromium", "echo Nothing of the kind 1");
    const { stdout } = await sandbox().run(chromium, { folders: [sandbox().path("bin")] }).ended;
    assert.match(stdout, /^Chromium is missing \(none of chromium, .* is on the PATH\)/);
    assert.match(stdout, /apt-get install chromium\n/);
  });

  it("is taken under any of its names", async () => {
    sandbox().writeProgram("bin/google-chrome", "echo Google Chrome 156.0.1");
    const { stdout } = await sandbox().run(chromium, { folders: [sandbox().path("bin")] }).ended;
    assert.equal(stdout, `${sandbox().path("bin/google-chrome")}\n`);
  });
});
