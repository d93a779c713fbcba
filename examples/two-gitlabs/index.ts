import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, Provider, Runner } from "pulumi-gitlab-runner";

const settings = new pulumi.Config();

/** Each GitLab has an address, and a variable of the environment with its token. */
const connect = (name: string) =>
  new Provider(name, { baseUrl: settings.require(`${name}Url`), tokenEnv: `${name.toUpperCase()}_TOKEN` });

const company = new Runner(
  "company",
  { runnerType: "group_type", groupId: settings.requireNumber("companyGroup"), tagList: ["docker"] },
  { provider: connect("company") },
);
const customer = new Runner(
  "customer",
  { runnerType: "project_type", projectId: settings.requireNumber("customerProject"), tagList: ["docker"] },
  { provider: connect("customer") },
);

// One file, one process of gitlab-runner: each entry knows its own GitLab.
new ConfigToml("both", {
  path: settings.get("path") ?? "/etc/gitlab-runner/config.toml",
  concurrent: 4,
  runners: {
    company: { runner: company, executor: "docker", docker: { image: "alpine:3.20" } },
    customer: { runner: customer, executor: "docker", docker: { image: "alpine:3.20" }, limit: 1 },
  },
});
