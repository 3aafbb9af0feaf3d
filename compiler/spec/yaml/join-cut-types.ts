import { isScalar, Pair, Scalar } from 'yaml';

/** Puts `{ type: decimal(10, 2) }` together again, which YAML cuts at the comma. */
export function joinCutTypes(pairs: readonly Pair[], text: string): readonly Pair[] {
  const start = pairs.findIndex(({ key, value }) => isScalar(key) && key.value === 'type' && isOpen(value));
  const cut = start === -1 ? undefined : pairs[start];
  if (cut === undefined || !isScalar(cut.value)) return pairs;
  const rest = pairs.slice(start + 1);
  const last = rest.findIndex(({ key }) => isScalar(key) && String(key.source).endsWith(')'));
  if (last === -1 || !rest.slice(0, last + 1).every(isLone)) return pairs;
  const end = rest[last]?.key;
  const [from, to] = [cut.value.range?.[0], isScalar(end) ? end.range?.[1] : undefined];
  if (from === undefined || to === undefined || text.slice(from, to).includes('\n')) return pairs;
  return [...pairs.slice(0, start), new Pair(cut.key, plainScalar(text, from, to)), ...rest.slice(last + 1)];
}

function isOpen(value: unknown): boolean {
  return isScalar(value) && value.type === Scalar.PLAIN && /^[A-Za-z]\w*\s*\([^)]*$/.test(String(value.source));
}

function isLone({ key, value }: Pair): boolean {
  return isScalar(key) && key.source !== undefined && (value === null || (isScalar(value) && value.source === ''));
}

function plainScalar(text: string, from: number, to: number): Scalar {
  const scalar = new Scalar(text.slice(from, to));
  scalar.type = Scalar.PLAIN;
  scalar.source = text.slice(from, to);
  scalar.range = [from, to, to];
  return scalar;
}
