import type { JsonShape, Literal } from '../../model/app.ts';
import { typeOfShape } from '../../model/json-shape.ts';
import { joined, lines, raw, ts, type Fragment } from '../text/fragment.ts';
import { literal, num, prop, regex } from '../text/quote.ts';
import { runtime } from './entity-symbols.ts';

const { z, field } = runtime;

/** A JSON Schema as a zod schema of the same values. */
export function shapeSchema(shape: JsonShape): Fragment {
  const one = shape.enum === undefined ? typeSchema(shape) : ts`${z}.literal(${literal(shape.enum)})`;
  return typeOfShape(shape).nullable ? ts`${one}.nullable()` : one;
}

function typeSchema(shape: JsonShape): Fragment {
  const { minimum, maximum, minItems, maxItems, items } = shape;
  const { type } = typeOfShape(shape);
  switch (type) {
    case 'object':
      return objectSchema(shape);
    case 'array': {
      const item = items === undefined ? ts`${z}.unknown()` : shapeSchema(items);
      return ts`${z}.array(${item})${call('min', minItems)}${call('max', maxItems)}`;
    }
    case 'string':
      return ts`${field}.string({ ${joined(textLimits(shape), ', ')} })`;
    case 'integer':
      return ts`${z}.number().int()${call('min', minimum)}${call('max', maximum)}`;
    case 'number':
      return ts`${z}.number()${call('min', minimum)}${call('max', maximum)}`;
    case 'boolean':
      return ts`${z}.boolean()`;
    default:
      return type satisfies never;
  }
}

function call(name: 'min' | 'max', bound: number | undefined): Fragment {
  return bound === undefined ? raw('') : ts`.${raw(name)}(${num(bound)})`;
}

function textLimits({ minLength, maxLength, pattern }: JsonShape): readonly Fragment[] {
  const bounds: readonly (readonly [string, Literal | undefined])[] = [
    ['minLength', minLength],
    ['maxLength', maxLength],
  ];
  return [
    ...bounds.flatMap(([name, bound]) => (bound === undefined ? [] : [ts`${prop(name)}: ${literal(bound)}`])),
    ...(pattern === undefined ? [] : [ts`pattern: ${regex(pattern)}`]),
  ];
}

function objectSchema({ properties = {}, required = [], additionalProperties = true }: JsonShape): Fragment {
  const members = Object.entries(properties).map(([name, member]) => {
    const schema = shapeSchema(member);
    return ts`${prop(name)}: ${required.includes(name) ? schema : ts`${schema}.optional()`},`;
  });
  const body =
    members.length === 0
      ? raw('{}')
      : ts`{
  ${lines(members)}
}`;
  if (additionalProperties === false) return ts`${z}.strictObject(${body})`;
  if (additionalProperties === true) return ts`${z}.looseObject(${body})`;
  // Its type would be that of the named ones too, and no value would be of both.
  const others = members.length === 0 ? raw('') : ts`<${z}.ZodType>`;
  return ts`${z}.object(${body}).catchall${others}(${shapeSchema(additionalProperties)})`;
}
