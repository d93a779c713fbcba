import * as pulumi from "@pulumi/pulumi";
import { Runner } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();

const runner = new Runner("docker", {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  description: "docker, at all sites",
  tagList: ["docker"],
  rotation: { triggers: [settings.get("rotation") ?? "first"] },
});

// The token stays a secret: in this stack's state, on its way to the sites, and in their state.
export const { url, runnerId, token } = runner;
