import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();

const runner = new Runner("gitlab-ce", {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  description: "gitlab-ce-ruby-3.1",
  tagList: ["gitlab-ce"],
});

new ConfigToml("gitlab-ce", {
  path: settings.get("path") ?? "config.toml",
  runners: {
    "gitlab-ce-ruby-3.1": {
      runner,
      executor: "docker",
      docker: { image: "ruby:3.1" },
      template: readFileSync(join(__dirname, "template.toml"), "utf8"),
    },
  },
});
