// The field list as types with ordered fields: what the generated files are printed from.

/** Go names that say little outside of the Runner's own packages. */
const TYPE_NAMES = {
  Config: "GlobalConfiguration",
  RunnerConfig: "RunnerConfiguration",
  "cacheconfig.Config": "CacheConfig",
  "referees.Config": "RefereesConfig",
  "monitoring.JobQueuingDurations": "JobQueuingDuration",
  KubernetesHostAliasesFlag: "KubernetesHostAliases",
  KubernetesContainerLifecyle: "KubernetesContainerLifecycle",
};

/** `*docker.Config` and `[]*DockerMachine` -> the bare name, as our types spell it. */
function nameType(goType) {
  const bare = goType.replace(/^[[\]*]+/, "");
  return TYPE_NAMES[bare] ?? bare.split(".").at(-1);
}

/** `tls-ca-file`, `MachineName`, `ServerSideEncryptionKeyID`, `cpuset_cpus` -> camelCase. */
export function nameArgument(key) {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[ _-]/);
  return words
    .map((word, i) => (i === 0 ? word.toLowerCase() : word[0].toUpperCase() + word.slice(1).toLowerCase()))
    .join("");
}

function parentOf(path) {
  return path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "";
}

/** `use runners[].machine.autoscaling[]` -> `use machine.autoscaling`: what a program would write instead. */
function describeReplacement(deprecated) {
  return deprecated?.replace(/[\w[\].]*[\w\]]$/, (path) =>
    path
      .replaceAll("[]", "")
      .replace(/^runners\./, "")
      .split(".")
      .map(nameArgument)
      .join("."),
  );
}

function describeField(entry, type) {
  const { kind, key, pointer, omitempty, omitzero, doc, unit, default: preset, since, secret } = entry;
  const deprecated = describeReplacement(entry.deprecated);
  const field = { key, argument: nameArgument(key), kind, pointer, omitempty, omitzero: omitzero ?? false };
  return { ...field, type, enum: entry.enum, secret, unit, default: preset, since, deprecated, doc };
}

/** Tables met at several paths are one Go struct; they must agree, else one type cannot stand for them. */
function addField(fields, field, path) {
  const known = fields.find((other) => other.key === field.key);
  if (!known) fields.push(field);
  else if (JSON.stringify({ ...known, doc: "" }) !== JSON.stringify({ ...field, doc: "" })) {
    throw new Error(`${path}: differs from the same key of its struct at another place`);
  }
}

/**
 * @param {Array<Record<string, unknown>>} list the content of fields.json
 * @returns {Map<string, Array<object>>} type name -> fields in the order in which the Runner writes them
 */
export function buildTypes(list) {
  const typeAt = new Map([["", TYPE_NAMES.Config]]);
  const types = new Map();
  for (const entry of list) {
    const isTable = entry.kind === "table" || entry.kind === "list<table>";
    const type = isTable ? nameType(entry.goType) : undefined;
    if (isTable) typeAt.set(entry.kind === "table" ? entry.path : `${entry.path}[]`, type);
    const owner = typeAt.get(parentOf(entry.path));
    if (!owner) throw new Error(`${entry.path}: its table is not in the list before it`);
    if (!types.has(owner)) types.set(owner, []);
    addField(types.get(owner), describeField(entry, type), entry.path);
  }
  return types;
}

/**
 * The flags of `gitlab-runner register` that set a key of the entry.
 *
 * @param {Array<Record<string, unknown>>} list the content of fields.json
 */
export function listFlags(list) {
  const withFlag = list.filter((entry) => entry.flag);
  return withFlag.map(({ flag, flagAlias, env, path }) => ({
    // In the order in which the Runner lists them: a short name first.
    names: [flagAlias, flag].filter(Boolean).map((name) => name.replace(/^-+/, "")),
    env,
    path: path.replace(/^runners\[\]\./, "").split("."),
  }));
}
