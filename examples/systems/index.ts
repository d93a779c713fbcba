import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "pulumi-gitlab-runner";

type System = "linux" | "macos" | "windows" | "freebsd" | "docker";

/** Where `gitlab-runner` looks for its file. In a container it is seen as /etc/gitlab-runner/config.toml. */
const PATHS: Record<System, string> = {
  linux: "/etc/gitlab-runner/config.toml",
  macos: "/Users/ci/.gitlab-runner/config.toml",
  windows: "C:\\GitLab-Runner\\config.toml",
  freebsd: "/home/gitlab-runner/.gitlab-runner/config.toml",
  docker: "/srv/gitlab-runner/config/config.toml",
};

const settings = new pulumi.Config();
const system = settings.require<System>("system");

const runner = new Runner(system, {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  description: "docker-runner",
  tagList: ["docker", system],
});

new ConfigToml(system, {
  path: settings.get("path") ?? PATHS[system],
  runners: {
    "docker-runner": {
      runner,
      executor: system === "windows" ? "docker-windows" : "docker",
      docker: { image: "alpine:3.20", pullPolicy: "if-not-present" },
    },
  },
});
