import { join } from "node:path";
import * as ts from "typescript";

const HOST: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => "",
  getNewLine: () => "\n",
};

/** What was parsed once in this process: the types of Node.js and of Pulumi are the largest part of each program. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of the project in `folder`, by its own tsconfig.json; nothing when its types are right. */
export function checkTypes(folder: string): string {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const project = ts.getParsedCommandLineOfConfigFile(join(folder, "tsconfig.json"), {}, host);
  if (!project) return `${folder} has no tsconfig.json`;
  const compiler = ts.createCompilerHost(project.options);
  const read = compiler.getSourceFile;
  compiler.getSourceFile = (file, target, ...rest) => {
    const key = JSON.stringify([file, target]);
    if (!parsed.has(key)) parsed.set(key, read(file, target, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram({ rootNames: project.fileNames, options: project.options, host: compiler });
  const problems = [
    ...project.errors,
    ...program.getConfigFileParsingDiagnostics(),
    ...ts.getPreEmitDiagnostics(program),
  ];
  return ts.formatDiagnostics(problems, HOST);
}

function fail(problem: ts.Diagnostic): never {
  throw new Error(ts.formatDiagnostic(problem, HOST));
}

/** A program as JavaScript that runs; its types are not looked at. */
export function toJavaScript(program: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(program, { compilerOptions }).outputText;
}
