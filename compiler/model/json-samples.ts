import type { JsonShape, Literal } from './app.ts';
import { shapeFault, typeOfShape } from './json-shape.ts';
import { patternSamples } from './pattern/pattern-samples.ts';

/** Values that fit a schema: one with all its members, one with the required ones alone. */
export function shapeSamples(shape: JsonShape): readonly Literal[] {
  const samples = [true, false].map((isFull) => sampleOf(shape, isFull));
  return samples.filter((value) => shapeFault(shape, value) === undefined);
}

/** Values that do not fit, each in one way. */
export function misfits(shape: JsonShape): readonly Literal[] {
  const { type } = typeOfShape(shape);
  const [whole] = shapeSamples(shape);
  const other = type === 'string' ? 1 : 'text';
  if (whole === undefined || type !== 'object' || typeof whole !== 'object' || whole === null) return [other];
  const members: readonly (readonly [string, Literal])[] = Object.entries(whole);
  const without = (shape.required ?? []).map((name) => Object.fromEntries(members.filter(([key]) => key !== name)));
  const wrong = members.map(([name, value]) => ({ ...whole, [name]: typeof value === 'string' ? 1 : 'text' }));
  return [other, ...without, ...wrong, { ...whole, 'not declared': [true] }];
}

function sampleOf(shape: JsonShape, isFull: boolean): Literal {
  const [word] = shape.enum ?? [];
  if (word !== undefined) return word;
  const { minItems = 0, maxItems = Infinity, items, minimum, maximum } = shape;
  switch (typeOfShape(shape).type) {
    case 'object':
      return objectOf(shape, isFull);
    case 'array': {
      const item = items === undefined ? 'text' : sampleOf(items, isFull);
      return Array.from({ length: Math.min(maxItems, Math.max(minItems, isFull ? 1 : 0)) }, () => item);
    }
    case 'string':
      return textOf(shape);
    case 'integer':
      return Math.ceil(within(1, minimum, maximum));
    case 'number':
      return within(1.5, minimum, maximum);
    default:
      return true;
  }
}

function within(value: number, minimum = -Infinity, maximum = Infinity): number {
  return Math.min(maximum, Math.max(minimum, value));
}

function textOf({ minLength = 0, maxLength = 100, pattern }: JsonShape): string {
  const fits = (text: string): boolean => [...text].length >= minLength && [...text].length <= maxLength;
  if (pattern === undefined) return 'text'.padEnd(minLength, 'x').slice(0, maxLength);
  const regex = new RegExp(pattern, 'u');
  return patternSamples(pattern, maxLength, 1, (text) => fits(text) && regex.test(text))[0] ?? '';
}

function objectOf({ properties = {}, required = [] }: JsonShape, isFull: boolean): Literal {
  const members = Object.entries(properties).filter(([name]) => isFull || required.includes(name));
  return Object.fromEntries(members.map(([name, member]) => [name, sampleOf(member, isFull)]));
}
