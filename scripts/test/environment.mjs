// @ts-check

const kept = ["PULUMI_GITLAB_RUNNER_CACHE", "PULUMI_SKIP_UPDATE_CHECK"];
const removed = [
  /^(GITLAB|CI|RUNNER|REGISTER|PULUMI)_/,
  /^TEMPLATE_CONFIG_FILE$/,
  /^((HTTPS?|ALL|FTP|NO)_PROXY)$/,
  // Coverage of our own parent run, if any, is not ours to write.
  /^NODE_V8_COVERAGE$/,
];

/**
 * What tests inherit: no token, no address and no setting that could lead them to a real GitLab or a real state.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function scrubEnvironment(env) {
  const isKept = (/** @type {string} */ name) => kept.includes(name) || !removed.some((pattern) => pattern.test(name));
  return Object.fromEntries(Object.entries(env).filter(([name]) => isKept(name.toUpperCase())));
}
