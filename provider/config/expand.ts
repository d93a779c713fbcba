/** `$NAME` or `${NAME}`, where a name may also be one special character; then the forms that Go takes for broken. */
const VARIABLE = /\$(?:\{([*#$@!?\-0-9])\}|\{([^}]+)\}|(\{\}?)|([*#$@!?\-0-9])|([A-Za-z_][A-Za-z0-9_]*))/g;

/** A text with the environment's variables in the place of their names, as Go's `os.ExpandEnv` has it. */
export function expandVariables(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  return text.replace(VARIABLE, (_, special, braced, broken, bare, name) =>
    broken === undefined ? (environment[special ?? braced ?? bare ?? name] ?? "") : "",
  );
}
