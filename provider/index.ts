import { guardDebugLog } from "./resources/debugLog.js";

export {
  ConfigToml,
  type ConfigTomlArgs,
  type DeepInput,
  type RunnerConfigurationArgs,
  type RunnerCredentialsArgs,
} from "./resources/configToml.js";
export { Provider, type ProviderArgs } from "./resources/provider.js";
export { type AdoptArgs, Runner, type RunnerArgs } from "./resources/runner.js";

guardDebugLog();
