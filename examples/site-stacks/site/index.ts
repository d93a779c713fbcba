import * as pulumi from "@pulumi/pulumi";
import { ConfigToml } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();
const base = new pulumi.StackReference(settings.require("base"));

new ConfigToml("build", {
  path: settings.get("path") ?? "/etc/gitlab-runner/config.toml",
  concurrent: settings.getNumber("concurrent") ?? 4,
  runners: {
    docker: {
      name: `docker at ${pulumi.getStack()}`,
      runner: {
        url: base.requireOutput("url"),
        id: base.requireOutput("runnerId"),
        token: base.requireOutput("token"),
      },
      executor: "docker",
      docker: { image: "alpine:3.20" },
    },
  },
});
