import assert from "node:assert/strict";
import { script, useSandbox } from "./sandbox";

const getting = `
  import { getPythonGitlab } from ${script("test/python.mjs")};
  import { SetUpFailure } from ${script("setup/failure.mjs")};
  try {
    console.log(await getPythonGitlab(process.env));
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error;
    console.log(error.message);
  }
`;

describe("python-gitlab for the system specs", () => {
  const sandbox = useSandbox();

  it("cannot be had without Python: the failure names what was looked for and how to get it", async () => {
    const { stdout } = await sandbox().run(getting).ended;
    assert.match(stdout, /^Python 3\.10 or later, with its modules venv and ensurepip, is missing:/);
    assert.match(stdout, /- python3: ENOENT\n {2}- python: ENOENT\n/);
    assert.match(stdout, /apt-get install python3 python3-venv\n/);
  });

  it("cannot be had with an old Python, or with one that lacks its venv module", async () => {
    const folder = sandbox().path("bin");
    sandbox().writeProgram("bin/python3", "echo 3.9.2");
    sandbox().writeProgram("bin/python", "echo \"ModuleNotFoundError: No module named 'ensurepip'\"; exit 1");
    const { stdout } = await sandbox().run(getting, { folders: [folder] }).ended;
    assert.match(stdout, /- python3: is 3\.9\.2\n {2}- python: ModuleNotFoundError: No module named 'ensurepip'\n/);
  });
});
