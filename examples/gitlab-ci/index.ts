import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "pulumi-gitlab-runner";

const config = new pulumi.Config();
const host = config.get("host");

const runner = new Runner("docker", {
  runnerType: "group_type",
  groupId: config.requireNumber("groupId"),
  description: "docker, by pipeline",
  tagList: ["docker"],
});

// Without a host the file is on the machine that runs the jobs.
new ConfigToml("build", {
  path: config.require("path"),
  ...(host === undefined ? {} : { target: { ssh: { host, user: "root", privateKeyEnv: "SSH_PRIVATE_KEY" } } }),
  concurrent: config.getNumber("concurrent") ?? 4,
  runners: { docker: { runner, executor: "docker", docker: { image: "alpine:3.20" } } },
});
