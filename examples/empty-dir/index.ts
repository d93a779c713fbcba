import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();

const runner = new Runner("kubernetes", {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  description: "test-runner",
  tagList: ["kubernetes"],
});

// Volumes of Kubernetes have no flags in `gitlab-runner register`; a template has them, and typed settings have them too.
new ConfigToml("kubernetes", {
  path: settings.get("path") ?? "config.toml",
  runners: {
    "test-runner": {
      runner,
      executor: "kubernetes",
      kubernetes: { host: "http://localhost:9876/" },
      template: readFileSync(join(__dirname, "template.toml"), "utf8"),
    },
  },
});
