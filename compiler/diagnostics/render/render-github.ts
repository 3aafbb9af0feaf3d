import type { Diagnostic } from '../diagnostic.ts';

/** Prints GitHub workflow commands, which become annotations of a pull request. */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((one) => `${renderCommand(one)}\n`).join('');
}

function renderCommand(one: Diagnostic): string {
  const properties = [
    `file=${escapeProperty(one.file)}`,
    `line=${one.line}`,
    `endLine=${one.endLine}`,
    // columns of an annotation that spans lines are refused
    ...(one.line === one.endLine ? [`col=${one.column}`, `endColumn=${one.endColumn}`] : []),
    `title=${escapeProperty(`${one.code} ${one.name}`)}`,
  ];
  return `::${one.severity} ${properties.join(',')}::${escapeData(one.message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
