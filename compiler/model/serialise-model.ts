import type { App } from './app.ts';

/** The model as text: keys in the order in which the model is built, one attribute or item a line. Expressions stand as written. */
export function serialiseModel(app: App): string {
  return `${JSON.stringify(app, withoutMeaning, 2)}\n`;
}

function withoutMeaning(key: string, value: unknown): unknown {
  const isMeaning = typeof value === 'object' && value !== null && 'kind' in value && 'nullable' in value;
  return key === 'expression' && isMeaning ? undefined : value;
}
