import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner, type RunnerArgs } from "pulumi-gitlab-runner";

const settings = new pulumi.Config("quickstart");

// Registered in GitLab: the token that GitLab shows once stays a secret.
const runner = new Runner("docker", {
  ...settings.requireObject<Pick<RunnerArgs, "runnerType" | "groupId" | "projectId">>("owner"),
  description: "quickstart: docker",
  tagList: settings.requireObject<string[]>("tags"),
});

// Rendered and written: what is not set here comes from the template, as with `gitlab-runner register`.
const host = new ConfigToml("host", {
  path: settings.require("path"),
  concurrent: 4,
  runners: {
    docker: {
      runner,
      executor: "docker",
      docker: { image: settings.require("image") },
      template: readFileSync(join(__dirname, "template.toml"), "utf8"),
    },
  },
});

export const runnerId = runner.runnerId;
export const fingerprint = host.fingerprint;
