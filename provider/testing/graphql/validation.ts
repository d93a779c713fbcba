import { GraphQLError } from "graphql";

// GitLab tells no more than this.
const MAX_ERRORS = 5;

interface Wording {
  /** How the library that we use puts it. */
  readonly pattern: RegExp;
  readonly message: (...parts: string[]) => string;
  readonly extensions: (...parts: string[]) => Record<string, string>;
}

const wordings: readonly Wording[] = [
  {
    pattern: /^Cannot query field "(.+?)" on type "(.+?)"\./,
    message: (field, type) => `Field '${field}' doesn't exist on type '${type}'`,
    extensions: (fieldName = "", typeName = "") => ({ code: "undefinedField", typeName, fieldName }),
  },
  {
    pattern: /^Unknown argument "(.+?)" on field ".+?\.(.+?)"\./,
    message: (argument, field) => `Field '${field}' doesn't accept argument '${argument}'`,
    extensions: (argumentName = "", name = "") => ({
      code: "argumentNotAccepted",
      name,
      typeName: "Field",
      argumentName,
    }),
  },
  {
    pattern: /^(?:Field|Argument) "(.+?)" argument "(.+?)" of type/,
    message: (field, argument) => `Field '${field}' is missing required arguments: ${argument}`,
    extensions: (name = "", argument = "") => ({
      code: "missingRequiredArguments",
      className: "Field",
      name,
      arguments: argument,
    }),
  },
];

/** What is wrong with a query, in GitLab's words and with its codes for the common mistakes. */
export function explainInvalid(errors: readonly GraphQLError[]): GraphQLError[] {
  return errors.slice(0, MAX_ERRORS).map(explain);
}

function explain(error: GraphQLError): GraphQLError {
  for (const { pattern, message, extensions } of wordings) {
    const parts = pattern.exec(error.message)?.slice(1);
    if (parts === undefined) continue;
    return new GraphQLError(message(...parts), { nodes: error.nodes, extensions: extensions(...parts) });
  }
  return error;
}
