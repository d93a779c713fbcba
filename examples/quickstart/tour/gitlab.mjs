// Which GitLab the tour uses: the stand-in, or on request the one that the environment names.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createInterface as createPrompt } from "node:readline/promises";
import { say } from "./screen.mjs";

/** A GitLab for the tour; its token goes nowhere else. */
export async function chooseGitLab(root) {
  const { GITLAB_BASE_URL: url, GITLAB_TOKEN: token } = process.env;
  if (!url || !token) return startStandIn(root);
  if (process.stdin.isTTY && process.stdout.isTTY) {
    const owner = await askForOwner(url);
    if (owner) return describeReal(url, token, owner);
  } else {
    say.text(
      "GITLAB_BASE_URL and GITLAB_TOKEN are set; without a terminal to ask on, the tour uses its stand-in all the same.",
    );
  }
  return startStandIn(root);
}

async function askForOwner(url) {
  const prompt = createPrompt({ input: process.stdin, output: process.stdout });
  try {
    const answer = await prompt.question(
      `   Use the GitLab at ${url}? A runner is created there and deleted at the end. [y/N] `,
    );
    if (!/^y(es)?$/i.test(answer.trim())) return undefined;
    const id = (await prompt.question("   Number of the project that shall own the runner: ")).trim();
    if (/^\d+$/.test(id)) return { runnerType: "project_type", projectId: Number(id) };
    throw new Error("that is not a project's number; it stands on the project's page in GitLab");
  } finally {
    prompt.close();
  }
}

function describeReal(url, token, owner) {
  return {
    url: url.replace(/\/+$/, "").replace(/\/api\/v4$/, ""),
    token,
    owner,
    isStandIn: false,
    close: async () => undefined,
  };
}

async function startStandIn(root) {
  const child = spawn(process.execPath, [join(root, "dist/testing/main.js"), "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await Promise.race([once(createInterface(child.stdout), "line"), failOnExit(child)]);
  const { url, token, projectId } = JSON.parse(line);
  say.text(`GitLab is a stand-in here, at ${url}: it speaks GitLab's API and forgets all when the tour ends.`);
  const close = async () => {
    child.kill();
    if (child.exitCode === null) await once(child, "exit");
  };
  return { url, token, owner: { runnerType: "project_type", projectId }, isStandIn: true, close };
}

async function failOnExit(child) {
  const [code] = await once(child, "exit");
  throw new Error(`the stand-in GitLab ended with ${code}`);
}

/** Asks GitLab itself, by its REST API. */
export async function callGitLab({ url, token }, method, path, body) {
  const response = await fetch(`${url}/api/v4${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}
