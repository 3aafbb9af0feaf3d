import type { App } from './app.ts';

/** The model as text: keys in the order in which the model is built, one attribute or item a line. */
export function serialiseModel(app: App): string {
  return `${JSON.stringify(app, null, 2)}\n`;
}
