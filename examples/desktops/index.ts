import { posix, win32 } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigToml, type ConfigTomlArgs, Runner } from "pulumi-gitlab-runner";

type System = "windows" | "macos" | "freebsd";
type Entry = Omit<ConfigTomlArgs["runners"][string], "runner">;

const settings = new pulumi.Config();
const system = settings.require<System>("system");

/** Where gitlab-runner looks for its file, and what runs jobs there: none of these has Docker for its own programs. */
const HOSTS: Record<System, { path: string; entry: Entry }> = {
  windows: {
    path: win32.join("C:\\", "GitLab-Runner", "config.toml"),
    entry: { executor: "shell", shell: "pwsh", buildsDir: "C:\\GitLab-Runner\\builds" },
  },
  macos: {
    path: posix.join("/Users", settings.get("user") ?? "ci", ".gitlab-runner", "config.toml"),
    entry: {
      executor: "shell",
      shell: "bash",
      environment: ["DEVELOPER_DIR=/Applications/Xcode.app/Contents/Developer"],
    },
  },
  freebsd: {
    path: "/home/gitlab-runner/.gitlab-runner/config.toml",
    entry: { executor: "shell", shell: "sh", environment: ["ASSUME_ALWAYS_YES=yes"] },
  },
};

const { path, entry } = HOSTS[system];
const runner = new Runner(system, {
  runnerType: "group_type",
  groupId: settings.requireNumber("groupId"),
  tagList: [system],
  runUntagged: false,
});

// Runs on the host itself, or where its folder is mounted.
new ConfigToml(system, {
  path: settings.get("path") ?? path,
  concurrent: 2,
  runners: { [system]: { ...entry, runner } },
});
