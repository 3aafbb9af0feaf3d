import type { App } from './app.ts';
import { jsonLines, type JsonObject } from './json-lines.ts';

/** The model as text: keys in the order in which the model is built. Expressions stand as written. */
export function serialiseModel(app: App): string {
  return `${jsonLines(app, { keysOf: keysButMeaning })}\n`;
}

function keysButMeaning(value: JsonObject): readonly string[] {
  const keys = Object.keys(value);
  return isMeaning(value['expression']) ? keys.filter((key) => key !== 'expression') : keys;
}

function isMeaning(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && 'nullable' in value;
}
