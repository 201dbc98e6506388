import ts from 'typescript';

const STRICT: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  target: ts.ScriptTarget.ES2022,
  types: ['node'],
};

export const AS_NODE_DOES: ts.CompilerOptions = { ...STRICT, module: ts.ModuleKind.NodeNext };
export const AS_BUNDLERS_DO: ts.CompilerOptions = {
  ...STRICT,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** Programs with the same module format share parsed files. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * The compiler's findings in the given files of a project and in the types of the installed package. The types of
 * other packages, which are linked, are not checked because that would take most of the time.
 */
export function findings(project: string, files: readonly string[], options: ts.CompilerOptions): string[] {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getCurrentDirectory = () => project;
  host.getSourceFile = (file, version, ...rest) => {
    const format = typeof version === 'object' ? version.impliedNodeFormat : undefined;
    const key = `${file} ${options.module} ${format}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, version, ...rest));
    return parsed.get(key);
  };
  const program = ts.createProgram(files, options, host);
  const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(project));
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...own.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ];
  return diagnostics.map(
    ({ file, messageText }) =>
      `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  );
}
