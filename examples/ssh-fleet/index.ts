import * as pulumi from "@pulumi/pulumi";
import { RunnerFleet, type SshAccessArgs } from "pulumi-gitlab-runner";

interface Address {
  host: string;
  port?: number;
}

const settings = new pulumi.Config();
const login = { user: settings.require("user"), privateKeyPath: settings.require("privateKeyPath") };
const knownHosts = settings.get("knownHosts");

// The only machine that is reached from here. It forwards bytes and reads none of them.
const proxyJump: SshAccessArgs = { ...settings.requireObject<Address>("jump"), ...login, knownHosts };
const hosts = Object.entries(settings.requireObject<Record<string, Address>>("hosts")).map(([name, address]) => [
  name,
  { target: { ssh: { ...address, ...login, knownHosts, proxyJump, sudo: settings.getBoolean("sudo") } } },
]);

const fleet = new RunnerFleet("builders", {
  runners: {
    docker: {
      runner: { runnerType: "group_type", groupId: settings.requireNumber("groupId"), tagList: ["docker"] },
      executor: "docker",
      docker: { image: "alpine:3.20" },
    },
  },
  defaults: {
    path: settings.get("path") ?? "/etc/gitlab-runner/config.toml",
    concurrent: 4,
    // A machine that was taken off the network is let go of when it is removed from the list.
    onUnreachable: "forget",
  },
  hosts: Object.fromEntries(hosts),
});

export const systemIds = Object.fromEntries(Object.entries(fleet.hosts).map(([name, host]) => [name, host.systemId]));
