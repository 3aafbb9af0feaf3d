import { isAlias, isMap, isScalar, type Pair } from 'yaml';
import { childPointer } from '../../diagnostics/json-pointer.ts';
import { clip, describeValue } from '../spec-value.ts';
import type { SyntaxReporter } from './syntax-reporter.ts';

/** A key's name, and whether its value may be looked at. */
export interface CheckedKey {
  readonly name: string;
  readonly isSound: boolean;
}

/** Reads a map's key; undefined where it names nothing. */
export function checkKey(
  reporter: SyntaxReporter,
  pair: Pair,
  range: readonly [start: number, end: number],
  parent: string,
): CheckedKey | undefined {
  const { key } = pair;
  if (!isScalar(key)) {
    reportComposedKey(reporter, key, range, parent);
    return undefined;
  }
  if (typeof key.value !== 'string') {
    reportOtherKey(reporter, key.value, key.source ?? '', range, parent);
    return undefined;
  }
  if (key.value === '<<' && key.type === 'PLAIN') {
    reporter.report('merge-key', ...range, {}, { path: parent });
    return undefined;
  }
  if (pair.value === null) {
    reportLoneKey(reporter, key.value, range, parent);
    return { name: key.value, isSound: false };
  }
  return { name: key.value, isSound: true };
}

function reportComposedKey(
  reporter: SyntaxReporter,
  key: unknown,
  [start, end]: readonly [number, number],
  path: string,
): void {
  const { text } = reporter.source;
  const isSecond = start > 0 && text.startsWith('{', start - 1);
  if (text.startsWith('{', start) && (isSecond || text.startsWith('{', start + 1))) {
    reporter.report('template-braces', isSecond ? start - 1 : start, end, {}, { path });
    return;
  }
  if (isAlias(key)) return;
  const found = isMap(key) ? 'a map' : 'a list';
  reporter.report('key-not-text', start, end, { key: `"${clip(text.slice(start, end))}"`, found }, { path });
}

function reportOtherKey(
  reporter: SyntaxReporter,
  value: unknown,
  source: string,
  [start, end]: readonly [number, number],
  path: string,
): void {
  const known = typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const fix =
    source === ''
      ? {}
      : { fix: { description: 'put the key in quotes', edits: [reporter.source.edit(start, end, `"${source}"`)] } };
  const key = source === '' ? 'before the colon' : `"${clip(source)}"`;
  reporter.report('key-not-text', start, end, { key, found: describeValue(known) }, { path, ...fix });
}

/** `{ type:string }` and `{ rows: a(b, c) }` both leave a key without a value. */
function reportLoneKey(
  reporter: SyntaxReporter,
  name: string,
  [start, end]: readonly [number, number],
  parent: string,
): void {
  const path = childPointer(parent, name);
  const glued = /^([A-Za-z_][\w-]*):(?=\S)/.exec(name);
  if (glued === null) {
    reporter.report('missing-colon', start, end, { text: clip(name) }, { path });
    return;
  }
  const colon = start + (glued[1] ?? '').length + 1;
  const fix = { description: 'put a space after the colon', edits: [reporter.source.edit(colon, colon, ' ')] };
  reporter.report('missing-space', start, colon, { key: glued[1] ?? '' }, { path, fix });
}
