import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();

const runner = new Runner("shell", {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  description: "shell",
  tagList: ["shell"],
});

// The template says docker, and what is set here wins: the entry is for shell, without a docker section.
new ConfigToml("shell", {
  path: settings.get("path") ?? "config.toml",
  runners: {
    shell: { runner, executor: "shell", template: readFileSync(join(__dirname, "template.toml"), "utf8") },
  },
});
