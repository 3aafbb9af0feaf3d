import fc, { type Arbitrary } from 'fast-check';
import { anyStorableText } from '../../any-text.ts';
import { boundaryCandidates } from '../../tour/boundary-values.ts';
import { candidate } from '../../tour/candidates.ts';
import {
  itemTargetOf,
  list,
  partBodyOf,
  propertiesOf,
  requiredOf,
  targetOf,
  typesOf,
  type Document,
  type Operation,
} from '../../tour/document.ts';
import type { Json, JsonObject } from '../../tour/json.ts';
import { size } from '../../tour/value-size.ts';
import type { Values } from '../../tour/values.ts';
import type { Given, Plan } from '../fuzz-request.ts';
import { NAUGHTY_TEXTS } from './naughty-texts.ts';

/** What requests are made from. */
export interface Makers {
  readonly document: Document;
  readonly values: Values;
  /** What `admitted` has found. */
  readonly admitted: WeakMap<JsonObject, Arbitrary<Json>>;
  /** Whether there are rows of this tag, or can be. */
  readonly isLinkable: (tag: string) => boolean;
}

/** A family of requests to an operation; `undefined` where it has none. */
export interface RequestFamily {
  readonly name: string;
  readonly weight: number;
  readonly plans: (operation: Operation, makers: Makers) => Arbitrary<Plan> | undefined;
}

/** Row number; the driver has fewer. */
export const anyRow = fc.nat(1000);

/** A text that Postgres can store. */
export const storableText = fc.oneof(
  fc.constantFrom(...NAUGHTY_TEXTS),
  anyStorableText(40),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

/** Bodies and URLs have limits that the document does not tell. */
const MAX_VALUE = 900;
const TRIED = 60;

/** Values that the schema admits; each schema is looked at once. */
export function admitted(schema: JsonObject, makers: Makers): Arbitrary<Json> {
  const known = makers.admitted.get(schema) ?? findAdmitted(schema, makers);
  makers.admitted.set(schema, known);
  return known;
}

function findAdmitted(schema: JsonObject, { values }: Makers): Arbitrary<Json> {
  const isFine = (value: Json | undefined): value is Json =>
    value !== undefined && values.admits(schema, value) && size(value) <= MAX_VALUE;
  const tried = Array.from({ length: TRIED }, (_, index) => candidate(schema, index * 7));
  const bounds = boundaryCandidates(schema).filter(isFine);
  const known = [...tried.filter(isFine), ...bounds];
  const [first] = known;
  if (first === undefined) throw new Error(`no value is known for ${JSON.stringify(schema)}`);
  const anyNumber = fc.nat(1_000_000).map((n) => candidate(schema, n));
  return fc.oneof(
    fc.constantFrom(...known),
    ...(bounds.length === 0 ? [] : [fc.constantFrom(...bounds)]),
    anyNumber.map((value) => (isFine(value) ? value : first)),
    ...(isFreeText(schema) ? [storableText.map((text) => fitted(schema, text)).filter(isFine)] : []),
  );
}

/** Text that nothing but its length bounds. */
export function isFreeText(schema: JsonObject): boolean {
  const isText = typesOf(schema).join() === 'string';
  return (
    isText && schema['format'] === undefined && schema['pattern'] === undefined && list(schema['enum']).length === 0
  );
}

function fitted({ minLength, maxLength }: JsonObject, text: string): string {
  const most = Math.min(Number(maxLength ?? 200), 200);
  return [...text]
    .slice(0, most)
    .join('')
    .padEnd(Number(minLength ?? 0), '-');
}

/** Members of a body that the document admits, in any order the document's properties have. */
export function admittedMembers({ body }: Operation, makers: Makers): Arbitrary<readonly (readonly [string, Given])[]> {
  return membersOf(body, makers);
}

function membersOf(body: JsonObject | undefined, makers: Makers): Arbitrary<readonly (readonly [string, Given])[]> {
  const required = requiredOf(body);
  const entries = [...propertiesOf(makers.document, body)].flatMap(([key, schema]) => {
    const target = targetOf(schema);
    if (target !== undefined && !makers.isLinkable(target)) return [];
    const given = givenFor(schema, makers);
    return [[key, required.includes(key) ? given : fc.option(given, { nil: undefined, freq: 1 })] as const];
  });
  return fc.tuple(...entries.map(([key, given]) => given.map((value) => [key, value] as const))).map((members) =>
    withinBody(
      members.flatMap(([key, given]) => (given === undefined ? [] : [[key, given] as const])),
      required,
    ),
  );
}

function givenFor(schema: JsonObject, makers: Makers): Arbitrary<Given> {
  const target = targetOf(schema);
  if (target !== undefined) return anyRow.map((index) => ({ kind: 'row', tag: target, index }));
  const listed = itemTargetOf(schema);
  if (listed !== undefined)
    return fc
      .tuple(anyRow, fc.nat(Math.min(2, Number(schema['maxItems']))))
      .map(([index, count]) => ({ kind: 'rows', tag: listed, index, count }));
  const part = partBodyOf(makers.document, schema);
  if (part !== undefined && !isMakeable(part, makers)) return fc.constant({ kind: 'bodies', bodies: [] });
  if (part !== undefined)
    return fc.array(membersOf(part, makers), { maxLength: 2 }).map((bodies) => ({ kind: 'bodies', bodies }));
  return admitted(schema, makers).map((value) => ({ kind: 'value', value }));
}

/** Whether there can be rows for every link that a body must have. */
function isMakeable(body: JsonObject, { document, isLinkable }: Makers): boolean {
  const required = requiredOf(body);
  return [...propertiesOf(document, body)].every(([key, schema]) => {
    const target = targetOf(schema);
    return target === undefined || !required.includes(key) || isLinkable(target);
  });
}

const MAX_BODY = 9_000;

/** What is too large together goes without some of its optional members. */
function withinBody(
  members: readonly (readonly [string, Given])[],
  required: readonly string[],
): readonly (readonly [string, Given])[] {
  let bytes = 0;
  return members.filter(([key, given]) => {
    const own = given.kind === 'value' ? size(given.value) + key.length + 4 : 60;
    if (!required.includes(key) && bytes + own > MAX_BODY) return false;
    bytes += own;
    return true;
  });
}

/** A plan as the document has it, and the parts of it that others change. */
export function basePlan(operation: Operation, makers: Makers): Arbitrary<Plan> {
  const hasId = operation.path.includes('{id}');
  return fc
    .tuple(anyRow, operation.body === undefined ? fc.constant(undefined) : admittedMembers(operation, makers))
    .map(([id, members]) => ({
      kind: 'as documented',
      expectation: 'accepted',
      operation,
      ...(hasId && { id }),
      ...(members && { body: { kind: 'members', members } }),
    }));
}
