import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { RunnerFleet } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();
const folder = settings.get("folder") ?? "/srv/gitlab-runner";
const place = (name: string) => ({ path: join(folder, name, "config.toml") });

// One runner in GitLab; the token is in every file, and GitLab tells the machines apart by their system id.
const fleet = new RunnerFleet("containers", {
  runners: {
    docker: {
      runner: { runnerType: "group_type", groupId: settings.requireNumber("groupId"), tagList: ["docker"] },
      executor: "docker",
      docker: { image: "alpine:3.20" },
    },
  },
  defaults: { concurrent: 4 },
  // Each of these folders is /etc/gitlab-runner in a container of its own.
  hosts: {
    one: place("one"),
    two: place("two"),
    large: { ...place("large"), concurrent: 16, runners: { docker: { limit: 16, docker: { memory: "8g" } } } },
  },
});

export const systemIds = {
  one: fleet.hosts.one.systemId,
  two: fleet.hosts.two.systemId,
  large: fleet.hosts.large.systemId,
};
