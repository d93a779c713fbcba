// The two generated files, as text.

const HEADER = "// Generated from fields.json by `npm run generate`: do not edit.\n";

const SCALARS = {
  string: "string",
  bool: "boolean",
  int: "Integer",
  float: "number",
  duration: "Duration",
  datetime: "string",
  any: "unknown",
};

const DOCS = "https://docs.gitlab.com/runner/configuration/advanced-configuration/";

/** Sections of GitLab's page; a type without one is described where its parent is. */
const SECTIONS = {
  GlobalConfiguration: ["The global section", "#the-global-section"],
  SessionServer: ["[session_server]", "#the-session_server-section"],
  RunnerConfiguration: ["One [[runners]] entry", "#the-runners-section"],
  DockerConfig: ["[runners.docker]", "#the-runnersdocker-section"],
  Service: ["[[runners.docker.services]]", "#the-runnersdockerservices-section"],
  ParallelsConfig: ["[runners.parallels]", "#the-runnersparallels-section"],
  VirtualBoxConfig: ["[runners.virtualbox]", "#the-runnersvirtualbox-section"],
  SshConfig: ["[runners.ssh]", "#the-runnersssh-section"],
  DockerMachine: ["[runners.machine]", "#the-runnersmachine-section"],
  DockerMachineAutoscaling: ["[[runners.machine.autoscaling]]", "#the-runnersmachineautoscaling-sections"],
  InstanceConfig: ["[runners.instance]", "#the-runnersinstance-section"],
  AutoscalerConfig: ["[runners.autoscaler]", "#the-runnersautoscaler-section"],
  ConnectorConfig: ["[runners.autoscaler.connector_config]", "#the-runnersautoscalerconnector_config-section"],
  CustomConfig: ["[runners.custom]", "#the-runnerscustom-section"],
  CacheConfig: ["[runners.cache]", "#the-runnerscache-section"],
  CacheS3Config: ["[runners.cache.s3]", "#the-runnerscaches3-section"],
  CacheGCSConfig: ["[runners.cache.gcs]", "#the-runnerscachegcs-section"],
  CacheAzureConfig: ["[runners.cache.azure]", "#the-runnerscacheazure-section"],
  KubernetesConfig: ["[runners.kubernetes]", "#the-runnerskubernetes-section"],
  RefereesConfig: ["[runners.referees]", "#the-runnersreferees-section"],
  CustomBuildDir: ["[runners.custom_build_dir]", "#the-runnerscustom_build_dir-section"],
};

function printKind(field) {
  const { kind, type } = field;
  if (kind === "table") return type;
  if (kind === "list<table>") return `${type}[]`;
  if (field.enum && kind === "string") return printEnum(field.enum);
  if (kind === "string|list<string>") {
    const word = field.enum ? printEnum(field.enum) : "string";
    return `${word} | (${word})[]`;
  }
  const list = /^list<(\w+)>$/.exec(kind);
  if (list) return `${field.enum ? `(${printEnum(field.enum)})` : SCALARS[list[1]]}[]`;
  const map = /^map<string,(.+)>$/.exec(kind);
  if (map) return `Record<string, ${printKind({ kind: map[1] })}>`;
  const scalar = SCALARS[kind];
  if (!scalar) throw new Error(`${field.key}: no TypeScript type for kind ${kind}`);
  return scalar;
}

const printEnum = (words) => words.map((word) => JSON.stringify(word)).join(" | ");

function describeDefault(field) {
  return field.default === undefined ? [] : [`@default ${field.default}`];
}

function printDoc(field) {
  const lines = [field.doc, "", `GitLab's key: \`${field.key}\`${field.unit ? `, in ${field.unit}` : ""}.`];
  if (field.secret) lines.push(field.secret === "items" ? "Its items often hold secrets." : "A secret.");
  if (field.since) lines.push(`Since GitLab Runner ${field.since}.`);
  lines.push(...describeDefault(field));
  if (field.deprecated) lines.push(`@deprecated ${field.deprecated}`);
  return `  /**\n${lines.map((line) => `   * ${line}`.trimEnd()).join("\n")}\n   */\n`;
}

function printInterface(name, fields) {
  const [section, anchor] = SECTIONS[name] ?? [];
  const doc = section ? `/** ${section}. See ${DOCS}${anchor} */\n` : "";
  const members = fields.map((field) => `${printDoc(field)}  ${field.argument}?: ${printKind(field)};`);
  return `${doc}export interface ${name} {\n${members.join("\n")}\n}\n`;
}

/** @param {Map<string, Array<object>>} types */
export function printTypes(types) {
  const scalars =
    "/** A whole number; beyond 2^53 as decimal text, since a JavaScript number would lose digits. */\n" +
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a TypeScript template literal type
    "export type Integer = number | `${bigint}`;\n\n" +
    '/** A length of time as Go writes it: `"90s"`, `"1h30m"`. */\nexport type Duration = string;\n';
  const parts = [...types].map(([name, fields]) => printInterface(name, fields));
  return `${HEADER}\n${scalars}\n${parts.join("\n")}`;
}

function printField(field) {
  const { doc, unit, default: preset, since, ...rest } = field;
  const shown = Object.entries(rest).filter(([, value]) => value !== false && value !== undefined);
  return `    { ${shown.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(", ")} },`;
}

/** @param {Map<string, Array<object>>} types */
export function printTable(types) {
  const parts = [...types].map(([name, fields]) => `  ${name}: [\n${fields.map(printField).join("\n")}\n  ],`);
  const names = [...types.keys()].map((name) => `  | ${JSON.stringify(name)}`).join("\n");
  return [
    HEADER,
    'import type { Field } from "./field.js";\n',
    `export type TypeName =\n${names};\n`,
    "/** Per table of config.toml its keys, in the order in which the Runner writes them. */",
    `export const KEY_TABLE: Record<TypeName, readonly Field[]> = {\n${parts.join("\n")}\n};\n`,
  ].join("\n");
}

/** @param {Array<{ names: string[], env?: string, path: string[] }>} flags */
export function printFlags(flags) {
  const lines = flags.map(({ names, env, path }) => {
    const parts = [`names: ${JSON.stringify(names)}`, `path: ${JSON.stringify(path)}`];
    return `  { ${[...parts, ...(env ? [`env: ${JSON.stringify(env)}`] : [])].join(", ")} },`;
  });
  return [
    HEADER,
    'import type { KeyFlag } from "./flag.js";\n',
    "/** The flags of `gitlab-runner register` that set a key of the entry. */",
    `export const KEY_FLAGS: readonly KeyFlag[] = [\n${lines.join("\n")}\n];\n`,
  ].join("\n");
}
