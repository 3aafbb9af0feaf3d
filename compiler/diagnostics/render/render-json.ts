import type { Diagnostic } from '../diagnostic.ts';
import { hasErrors } from '../sort-diagnostics.ts';

/** Prints one JSON document; a command may add what it made, such as its files. */
export function renderJson(
  diagnostics: readonly Diagnostic[],
  product: Readonly<Record<string, unknown>> = {},
): string {
  return `${JSON.stringify({ ok: !hasErrors(diagnostics), diagnostics, ...product }, undefined, 2)}\n`;
}
