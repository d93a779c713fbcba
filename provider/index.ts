import { guardDebugLog } from "./resources/debugLog.js";

export {
  ConfigToml,
  type ConfigTomlArgs,
  type DeepInput,
  type RunnerConfigurationArgs,
  type RunnerCredentialsArgs,
  type WaitForContactArgs,
} from "./resources/configToml.js";
export type {
  FleetEntryOverrides,
  FleetFileArgs,
  FleetHost,
  FleetHostArgs,
  FleetRunnerArgs,
  RolloutArgs,
  RunnerFleetArgs,
} from "./resources/fleet/args.js";
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
export { RunnerFleet } from "./resources/runnerFleet.js";
export {
  RunnerSet,
  type RunnerSetArgs,
  type RunnerSetItem,
  type RunnerSetItemArgs,
  type RunnerSetItemResult,
} from "./resources/runnerSet.js";
export type { SshAccessArgs, SshTargetArgs, TargetArgs } from "./resources/targetArgs.js";

guardDebugLog();
