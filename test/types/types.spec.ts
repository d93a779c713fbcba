import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "../support/stack.js";

/** The declarations that users get: those of the built package, found by its name. */
const DECLARATIONS = join(ROOT, "dist/index.d.ts");

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

/** Programs of a user by name, compiled as a whole; they need not lie on the disk. */
function compile(programs: Record<string, string>): ts.Program {
  assert.ok(existsSync(DECLARATIONS), "the package is not built");
  const texts = new Map(Object.entries(programs).map(([name, text]) => [join(ROOT, "test", `${name}.ts`), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, languageVersion, ...rest)
      : ts.createSourceFile(file, text, languageVersion, true);
  };
  return ts.createProgram([...texts.keys()], OPTIONS, host);
}

const entry = (settings: string) => `
import { ConfigToml, Runner } from "pulumi-gitlab-runner";
const runner = new Runner("r", { runnerType: "instance_type" });
new ConfigToml("host", { runners: { build: { runner, executor: "docker", ${settings} } } });
`;

const PROGRAMS = {
  right: entry('limit: 3, docker: { image: "alpine", services: [{ name: "pg" }] }, extraToml: "new = 1"'),
  later: `import * as pulumi from "@pulumi/pulumi";${entry(`
    limit: pulumi.output(3), requestConcurrency: pulumi.output("9007199254740993" as const),
    docker: {
      image: Promise.resolve("alpine"), privileged: pulumi.output(true as boolean),
      pullPolicy: pulumi.output("always" as "always" | "never"), services: pulumi.output([{ name: "pg" }]),
      sysctls: { a: pulumi.output("1") }, allowedImages: [pulumi.output("a"), "b"],
    },
    cache: pulumi.output({ s3: { secretKey: "x" } }), autoscaler: { pluginConfig: { a: pulumi.output(1) } }`)}`,
  misspelt: entry('docker: { imgae: "alpine" }'),
  misspeltInList: entry('docker: { image: "a", services: [{ nmae: "pg" }] }'),
  misspeltGlobal: `${entry("")}new ConfigToml("x", { concurent: 3, runners: {} });`,
  wrongType: entry('limit: "three"'),
  wrongTypeInTable: entry('docker: { image: "a", privileged: "yes" }'),
  wrongWord: entry('docker: { pullPolicy: "sometimes" }'),
  fractionAsText: entry('limit: "1.5"'),
};

/** Program -> what the compiler must say of it. */
const WRONG: Record<string, RegExp> = {
  misspelt: /'imgae' does not exist in type/,
  misspeltInList: /'nmae' does not exist in type/,
  misspeltGlobal: /'concurent' does not exist in type/,
  wrongType: /Type '"three"' is not assignable to type/,
  wrongTypeInTable: /Type 'string' is not assignable to type '\w+<boolean/,
  wrongWord: /Type '"sometimes"' is not assignable to type/,
  fractionAsText: /Type '"1\.5"' is not assignable to type/,
};

interface Fact {
  path: string;
  key: string;
  kind: string;
}

describe("the types that a program gets", function () {
  this.timeout(120_000);
  let program: ts.Program;

  before(() => {
    program = compile(PROGRAMS);
  });

  function messagesOf(name: string): string[] {
    const file = program.getSourceFile(join(ROOT, "test", `${name}.ts`));
    return program
      .getSemanticDiagnostics(file)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  }

  it("let a right program compile, with values that are known later at any place", () => {
    assert.deepEqual(messagesOf("right"), []);
    assert.deepEqual(messagesOf("later"), []);
  });

  for (const [name, pattern] of Object.entries(WRONG)) {
    it(`refuse a program with a mistake: ${name}`, () => {
      const messages = messagesOf(name);
      assert.equal(messages.length, 1, messages.join("\n"));
      assert.match(messages[0] ?? "", pattern);
    });
  }

  /** The members of a type as a program may write it: without what only a later value has. */
  function membersOf(type: ts.Type): ts.Type[] {
    const parts = type.isUnion() ? type.types : [type];
    const isLater = (part: ts.Type) =>
      ["Promise", "OutputInstance"].includes((part.aliasSymbol ?? part.symbol)?.name ?? "");
    return parts.filter((part) => !isLater(part) && !(part.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)));
  }

  function find(checker: ts.TypeChecker, type: ts.Type, name: string): ts.Symbol | undefined {
    return membersOf(type)
      .map((part) => checker.getPropertyOfType(part, name))
      .find((symbol) => symbol !== undefined);
  }

  /** Into the items of a list. */
  function itemOf(checker: ts.TypeChecker, type: ts.Type): ts.Type {
    const list = membersOf(type).find((part) => checker.isArrayType(part));
    assert.ok(list, "no list");
    return checker.getTypeArguments(list as ts.TypeReference)[0] as ts.Type;
  }

  it("tell of every key what it is, its key in GitLab and where GitLab documents it", () => {
    const checker = program.getTypeChecker();
    const exported = checker.getExportsOfModule(
      checker.getSymbolAtLocation(program.getSourceFile(DECLARATIONS) as ts.SourceFile) as ts.Symbol,
    );
    const typeOf = (name: string) => {
      const symbol = exported.find((one) => one.name === name);
      assert.ok(symbol, name);
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return checker.getDeclaredTypeOfSymbol(target);
    };
    const facts = JSON.parse(readFileSync(join(ROOT, "test/fixtures/config-fields.json"), "utf8")) as Fact[];
    const [globals, runnerEntry, credentials] = [
      "ConfigTomlArgs",
      "RunnerConfigurationArgs",
      "RunnerCredentialsArgs",
    ].map(typeOf) as [ts.Type, ts.Type, ts.Type];
    const untold: string[] = [];
    for (const { path, key } of facts) {
      let type = path.startsWith("runners[]") ? runnerEntry : globals;
      let symbol: ts.Symbol | undefined;
      const steps = path.replace(/^runners\[\]\./, "").split(".");
      for (const step of steps) {
        const name = camelCase(step.replace("[]", ""));
        symbol = find(checker, type, name) ?? (type === runnerEntry ? find(checker, credentials, name) : undefined);
        if (!symbol) break;
        type = checker.getTypeOfSymbol(symbol);
        if (step.endsWith("[]")) type = itemOf(checker, type);
      }
      const told = symbol ? ts.displayPartsToString(symbol.getDocumentationComment(checker)) : "";
      const links = symbol
        ?.getJsDocTags(checker)
        .some((tag) => tag.name === "see" && /docs\.gitlab\.com/.test(ts.displayPartsToString(tag.text)));
      const isOwn = type !== runnerEntry && steps.length === 1 && (key === "runners" || isFromRunner(path));
      if (told.length < 20 || !(isOwn || (told.includes(`\`${key}\``) && links))) untold.push(path);
    }
    console.log(
      `      ${facts.length - untold.length} of ${facts.length} keys are documented where a program writes them`,
    );
    assert.deepEqual(untold, []);
  });
});

const isFromRunner = (path: string) => /^runners\[\]\.(url|id|token|token_obtained_at|token_expires_at)$/.test(path);

function camelCase(key: string): string {
  const [first = "", ...rest] = (key.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? []).map((word) => word.toLowerCase());
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
