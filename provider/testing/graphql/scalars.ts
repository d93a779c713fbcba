import { GraphQLError, type GraphQLScalarType, type GraphQLSchema, Kind } from "graphql";

const models: Record<string, string> = {
  CiJobID: "Ci::Build",
  CiRunnerID: "Ci::Runner",
  CiRunnerManagerID: "Ci::RunnerManager",
  GroupID: "Group",
  ProjectID: "Project",
  UserID: "User",
};

const GID = /^gid:\/\/([^/]+)\/([^/]+)\/(\d+)$/;

/** Teaches a schema its own scalars: ids like `gid://gitlab/Ci::Runner/12` are numbers here, and times are dates. */
export function addScalars(schema: GraphQLSchema): void {
  for (const [name, model] of Object.entries(models)) {
    const scalar = schema.getType(name) as GraphQLScalarType;
    scalar.serialize = (id) => `gid://gitlab/${model}/${String(id)}`;
    setInput(scalar, (value) => readGid(value, model));
  }
  const time = schema.getType("Time") as GraphQLScalarType;
  time.serialize = (value) => (value as Date).toISOString().replace(/\.\d{3}Z$/, "Z");
  setInput(time, readTime);
}

function setInput(scalar: GraphQLScalarType, read: (value: unknown) => unknown): void {
  scalar.parseValue = read;
  scalar.parseLiteral = (node) => read(node.kind === Kind.STRING ? node.value : undefined);
}

function readGid(value: unknown, model: string): number {
  const [, app, name, id] = GID.exec(String(value)) ?? [];
  if (app === undefined) throw new GraphQLError(`${JSON.stringify(value ?? null)} is not a valid Global ID`);
  if (app !== "gitlab") throw new GraphQLError(`${JSON.stringify(value)} is not a Gitlab Global ID`);
  if (name !== model) throw new GraphQLError(`${JSON.stringify(value)} does not represent an instance of ${model}`);
  return Number(id);
}

function readTime(value: unknown): Date {
  const time = new Date(typeof value === "string" ? value : Number.NaN);
  if (Number.isNaN(time.getTime())) throw new GraphQLError("Value is not a valid time");
  return time;
}
