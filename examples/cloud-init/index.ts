import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Runner } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();

const runner = new Runner("spare", {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  description: "machines that come and go",
  tagList: ["docker"],
});

const config = new ConfigToml("spare", {
  concurrent: 4,
  runners: { spare: { runner, executor: "docker", docker: { image: "alpine:3.20" } } },
});

/** Give it to the machine as its user data. It holds the runner's token, so it is a secret as `content` is. */
export const userData = config.content.apply(
  (text = "") => `#cloud-config
write_files:
  - path: /etc/gitlab-runner/config.toml
    permissions: "0600"
    encoding: b64
    content: ${Buffer.from(text).toString("base64")}
runcmd:
  - [sh, -c, "curl -L https://packages.gitlab.com/install/repositories/runner/gitlab-runner/script.deb.sh | bash"]
  - [apt-get, install, -y, gitlab-runner]
`,
);
