import type { JsonTypeWord } from '../spec/spec.ts';
import type { JsonShape, Literal } from './app.ts';
import { codePointLength } from './storable-text.ts';

/** Where a value of JSON does not keep to its schema, as the API tells it. */
export interface ShapeFault {
  /** JSON pointer inside the value. */
  readonly at: string;
  readonly code: ShapeCode;
}

export type ShapeCode =
  | 'type'
  | 'enum'
  | 'required'
  | 'unknown'
  | 'minItems'
  | 'maxItems'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'min'
  | 'max';

/** The one type of a schema, and whether null stands beside it. */
export function typeOfShape({ type }: JsonShape): { readonly type: JsonTypeWord; readonly nullable: boolean } {
  if (typeof type === 'string') return { type, nullable: false };
  const [word = 'object'] = type.filter((one) => one !== 'null');
  return { type: word, nullable: type.includes('null') };
}

/** The first way in which a value does not fit; undefined where it does. */
export function shapeFault(shape: JsonShape, value: Literal, at = ''): ShapeFault | undefined {
  const { type, nullable } = typeOfShape(shape);
  if (value === null && nullable) return undefined;
  if (!isOfType(type, value)) return { at, code: shape.enum === undefined ? 'type' : 'enum' };
  if (shape.enum !== undefined && !shape.enum.some((one) => one === value)) return { at, code: 'enum' };
  if (typeof value === 'string') return fault(at, textCode(shape, value));
  if (typeof value === 'number') return fault(at, numberCode(shape, value));
  if (isList(value)) return listFault(shape, value, at);
  return isObject(value) ? objectFault(shape, value, at) : undefined;
}

type Members = Readonly<Record<string, Literal>>;

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}

function isObject(value: Literal): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfType(type: JsonTypeWord, value: Literal): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return isList(value);
    case 'integer':
      return Number.isSafeInteger(value);
    default:
      return typeof value === type;
  }
}

function fault(at: string, code: ShapeCode | undefined): ShapeFault | undefined {
  return code === undefined ? undefined : { at, code };
}

function textCode({ minLength = 0, maxLength = Infinity, pattern }: JsonShape, value: string): ShapeCode | undefined {
  const length = codePointLength(value);
  if (length < minLength) return 'minLength';
  if (length > maxLength) return 'maxLength';
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? undefined : 'pattern';
}

function numberCode({ minimum = -Infinity, maximum = Infinity }: JsonShape, value: number): ShapeCode | undefined {
  if (value < minimum) return 'min';
  return value > maximum ? 'max' : undefined;
}

function listFault(shape: JsonShape, list: readonly Literal[], at: string): ShapeFault | undefined {
  const { minItems = 0, maxItems = Infinity, items } = shape;
  if (list.length < minItems) return { at, code: 'minItems' };
  if (list.length > maxItems) return { at, code: 'maxItems' };
  if (items === undefined) return undefined;
  return first(list.map((item, index) => () => shapeFault(items, item, `${at}/${index}`)));
}

function objectFault(shape: JsonShape, value: Members, at: string): ShapeFault | undefined {
  const { properties = {}, required = [], additionalProperties = true } = shape;
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return { at: `${at}/${missing}`, code: 'required' };
  return first(
    Object.entries(value).map(([name, member]) => () => {
      const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (own !== undefined) return shapeFault(own, member, `${at}/${name}`);
      if (additionalProperties === false) return { at: `${at}/${name}`, code: 'unknown' };
      return additionalProperties === true ? undefined : shapeFault(additionalProperties, member, `${at}/${name}`);
    }),
  );
}

function first(finders: readonly (() => ShapeFault | undefined)[]): ShapeFault | undefined {
  for (const find of finders) {
    const found = find();
    if (found !== undefined) return found;
  }
  return undefined;
}
