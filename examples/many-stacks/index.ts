import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();
const site = pulumi.getStack();
const host = settings.get("host");

const runner = new Runner("docker", {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  description: `docker at ${site}`,
  tagList: ["docker", site],
});

// Without a host the file is on the machine that runs the program.
new ConfigToml("build", {
  path: settings.get("path") ?? "/etc/gitlab-runner/config.toml",
  ...(host === undefined ? {} : { target: { ssh: { host, user: "root" } } }),
  concurrent: settings.getNumber("concurrent") ?? 4,
  runners: { docker: { runner, executor: "docker", docker: { image: "alpine:3.20" } } },
});

export const runnerId = runner.runnerId;
