import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner, type RunnerArgs } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();

const owner: RunnerArgs = { runnerType: "group_type", groupId: settings.requireNumber("groupId") };
const build = new Runner("build", { ...owner, description: "builds on build-1", tagList: ["docker"] });
const deploy = new Runner("deploy", {
  ...owner,
  description: "deployments",
  tagList: ["deploy"],
  accessLevel: "ref_protected",
});
const large = new Runner("large", {
  ...owner,
  description: "jobs in the cluster",
  tagList: ["large"],
  runUntagged: false,
});

// One process of gitlab-runner serves all three: an entry each, in the order of their names.
new ConfigToml("build-1", {
  path: settings.get("path") ?? "/etc/gitlab-runner/config.toml",
  concurrent: 12,
  runners: {
    build: {
      runner: build,
      executor: "docker",
      limit: 8,
      docker: { image: "alpine:3.20", pullPolicy: ["if-not-present"] },
    },
    deploy: { runner: deploy, executor: "shell", limit: 1 },
    large: {
      runner: large,
      executor: "kubernetes",
      kubernetes: { namespace: "ci", cpuRequest: "2", memoryRequest: "4Gi" },
    },
  },
});
