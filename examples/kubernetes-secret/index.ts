import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();
const namespace = settings.get("namespace") ?? "gitlab-runner";

const runner = new Runner("cluster", {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  tagList: ["kubernetes"],
});

// Without a path nothing is written: the text is the output `content`, a secret.
const config = new ConfigToml("cluster", {
  concurrent: 20,
  runners: { cluster: { runner, executor: "kubernetes", kubernetes: { namespace, image: "alpine:3.20" } } },
});

export const secretName = new kubernetes.core.v1.Secret("gitlab-runner-config", {
  metadata: { namespace },
  // `content` is there whenever a ConfigToml has no path.
  stringData: { "config.toml": config.content.apply((text) => text ?? "") },
}).metadata.name;
