import { guardDebugLog } from "./resources/debugLog.js";

export {
  ConfigToml,
  type ConfigTomlArgs,
  type DeepInput,
  type RunnerConfigurationArgs,
  type RunnerCredentialsArgs,
  type WaitForContactArgs,
} from "./resources/configToml.js";
export {
  type GetRunnerArgs,
  type GetRunnerResult,
  type GetRunnersArgs,
  type GetRunnersResult,
  getRunner,
  getRunnerOutput,
  getRunners,
  getRunnersOutput,
  type LookupOptions,
  type LookupOutputOptions,
} from "./resources/lookups.js";
export { Provider, type ProviderArgs } from "./resources/provider.js";
export { Runner } from "./resources/runner.js";
export type { AdoptArgs, DrainArgs, RotationArgs, RunnerArgs } from "./resources/runnerArgs.js";
export type { SshAccessArgs, SshTargetArgs, TargetArgs } from "./resources/targetArgs.js";

guardDebugLog();
