import { DEFAULT_STRING_LENGTH } from '../../compiler/model/build-field.ts';
import { FIELD_TYPES, type FieldTypeName } from '../../compiler/model/app.ts';
import { fieldTypes } from '../../compiler/model/field-types.ts';
import { MAX_TEXT } from '../../compiler/spec/spec-limits.ts';
import { appSchema, isPlanned, resolveSchema, type SchemaNode } from '../../compiler/spec/shape/schema-node.ts';
import { describeNode, exampleOf } from './describe-node.ts';
import { fieldBranches, languageMaps, plannedKeys, supportedKeys, type LanguageKey } from './schema-kind.ts';

/** `docs/language.md`: everything that a spec may say, from the schema. */
export function printLanguage(): string {
  const lines = [
    ...INTRODUCTION,
    ...languageMaps().flatMap(({ kind, node }) => mapSection(kind, node)),
    ...fieldSection(),
    ...EXPRESSIONS,
    ...plannedSection(),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const INTRODUCTION: readonly string[] = [
  '<!-- Printed from schemas/app.schema.json by npm run golden. Edit the descriptions there. -->',
  '',
  '# The language',
  '',
  'Everything that a spec, `app.yaml`, may say. `supercompile schema` prints the JSON Schema that this page is made from; an editor that',
  'knows it completes and checks while you write. `supercompile check` says what is wrong, and `supercompile explain <code>` why.',
  '',
  'What holds everywhere:',
  '',
  '- One spelling for each idea, and nothing is ignored: an unknown key or word is an error with its place and what to write instead.',
  '- Keys that are not marked as required may be left out; the default is what holds then.',
  '- Patterns stand in single quotes; `bigint` and `decimal` values and phone numbers stand in quotes, because YAML would change them.',
  '- Expressions stand in double quotes, and texts inside them in single quotes.',
  `- YAML 1.2 without anchors, merge keys, tags, tabs and duplicate keys; at most ${MAX_TEXT}.`,
  '',
];

/** What `checks`, `rules`, `frozen`, `computed` and `where` are written in. */
const EXPRESSIONS: readonly string[] = [
  '## Expressions',
  '',
  '`checks`, `rules`, `frozen`, `computed` and `where` hold CEL, checked against the types of the fields:',
  '',
  '- a field, a rule, a linked row, the rows that link here (an `inverse`): `record.total`, `record.isOpen`, `record.account.name` and its id `record.accountId`, `record.items`',
  "- comparing: `==` `!=` `<` `<=` `>` `>=` `in ['new', 'won']`; a word compared with an enum is one of its values",
  '- joining: `&&` `||` `!` `? :`',
  '- arithmetic of whole numbers and decimals: `+` `-` `*` `/` `%`, exact, never overflowing inside an expression; `/` of whole numbers drops the fraction, of decimals it has ten places; by 0 `/` and `%` are null (a written 0 is refused), which `record.b == 0 ? 0 : record.a / record.b` rules out; numbers stand plain: `record.total > 5.50`',
  '- rounding, half away from zero: `round(record.price * record.rate, 2)`. A `computed` decimal is kept with the `scale` of its field: more places of a product are rounded to it, with a warning unless `round` says so (SC3514), those of a quotient are rounded too, and more places of anything else, such as a sum, are an error (SC3513)',
  "- text: `record.name.contains('a')`, `record.name.startsWith('a')`, `lower(record.name)`, `record.name + ' (old)'`, its characters `size(record.name)`",
  "- time: `record.startsAt < record.endsAt`, a date or moment that is meant in quotes: `record.day < '2026-01-31'`, `record.startsAt < '2026-01-31T09:30:00Z'`, `record.startsAt + duration('72h')`, `record.endsAt - record.startsAt <= duration('12h')`, `today('Europe/Paris')`, `at(record.day, '09:30', 'Europe/Paris')`",
  '- lists: `size(record.items)`, `record.items.exists(i, i.open)`, and in the same form `all`, `count`, `sum`, `min`, `max`; of no rows, also behind an empty link, `size`, `count` and `sum` are 0, `min` and `max` null',
  '',
  'Null is a value: `x == null` asks for it, `x != 1` is true of it. `<`, `<=`, `>`, `>=`, `in`, tests of text and every path through an empty link are false of it.',
  '`supercompile explain SC3501` to `SC3514` say what is refused, and why.',
  '',
];

function mapSection(kind: string, node: SchemaNode): readonly string[] {
  return [`## ${kind}`, '', node.description ?? `${node['x-noun'] ?? kind}.`, '', ...keyTable(supportedKeys(node)), ''];
}

function keyTable(keys: readonly LanguageKey[], isOfField = false): readonly string[] {
  return [
    '| Key | Value | Default | Meaning | Example |',
    '| --- | --- | --- | --- | --- |',
    ...keys.map((key) => {
      const { name, node } = key;
      const value = describeNode(node, isOfField);
      const cells = [`\`${name}\``, value, defaultCell(key), node.description ?? '', exampleCell(key)];
      return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
    }),
  ];
}

function defaultCell({ required, node }: LanguageKey): string {
  if (required) return '**required**';
  return node.default === undefined ? '-' : `\`${JSON.stringify(node.default)}\``;
}

function exampleCell({ name, node }: LanguageKey): string {
  return `\`${exampleOf(name, node.examples?.[0])}\``;
}

function fieldSection(): readonly string[] {
  const branches = [...fieldBranches()].filter(([, node]) => !isPlanned(node));
  const shared = sharedAttributes(branches.map(([, node]) => node));
  return [
    '## fields',
    '',
    `${resolveSchema({ $ref: '#/definitions/field' }).description ?? ''} Every field has a \`type\`. These attributes mean the same wherever they stand; each type lists those it takes.`,
    '',
    ...keyTable(shared, true),
    '',
    ...branches.flatMap(([type, node]) => typeSection(type, node, shared)),
  ];
}

/** Attributes that have one definition in all types that know them, and more than one such type. */
function sharedAttributes(branches: readonly SchemaNode[]): readonly LanguageKey[] {
  const all = branches.flatMap(supportedKeys);
  const isShared = ({ name, ref }: LanguageKey): boolean => {
    const named = all.filter((key) => key.name === name);
    return ref !== undefined && named.length > 1 && named.every((key) => key.ref === ref);
  };
  return [...new Map(all.filter(isShared).map((key) => [key.name, key])).values()];
}

function typeSection(type: string, node: SchemaNode, shared: readonly LanguageKey[]): readonly string[] {
  const names = new Set(shared.map(({ name }) => name));
  const keys = supportedKeys(node).filter(({ name }) => name !== 'type');
  const own = keys.filter(({ name }) => !names.has(name));
  const taken = keys.filter(({ name }) => names.has(name)).map(({ name }) => `\`${name}\``);
  const needed = keys.filter(({ required }) => required).map(({ name, node: { examples } }) => [name, examples?.[0]]);
  return [
    `### ${type}`,
    '',
    node.description ?? '',
    '',
    `\`${exampleOf('field', { type, ...Object.fromEntries(needed) })}\``,
    '',
    ...(isFieldType(type) ? storageLines(type) : []),
    `Takes ${taken.join(', ')}, and:`,
    '',
    ...keyTable(own, true),
    '',
  ];
}

function isFieldType(type: string): type is FieldTypeName {
  return FIELD_TYPES.some((name) => name === type);
}

/** A list of links is stored and asked for as no other type is. */
const LINKS_STORAGE =
  'In Postgres: an array of the kind of ids that it names, `uuid[]` where the entity says none, in the order that was given, and a table of the pairs with foreign keys. Filters: `contains`. Cannot be sorted by. Where the row may be changed, `PUT /artworks/{id}/artists/{artistId}` puts one id on the list and `DELETE` of the same path takes it off.';

function storageLines(type: FieldTypeName): readonly string[] {
  if (type === 'references') return [LINKS_STORAGE, ''];
  const { postgres, filters, sortable } = fieldTypes[type];
  const column = postgres({ maxLength: DEFAULT_STRING_LENGTH, precision: 12, scale: 2 });
  const operators = filters
    .map((name) => `\`${name}\`${name === 'contains' ? ' where `list.filter` names it' : ''}`)
    .join(', ');
  return [
    `In Postgres: ${column === undefined ? 'an enum type of its own' : `\`${column}\``}${type === 'reference' ? ', or the kind of ids that its entity says' : ''}. Filters: ${operators === '' ? 'none' : `${operators}, and \`null\` if optional`}. ${sortable ? 'Can be sorted by.' : 'Cannot be sorted by.'}`,
    '',
  ];
}

function plannedSection(): readonly string[] {
  const branches = [...fieldBranches()];
  const types = branches.filter(([, node]) => isPlanned(node)).map(([type]) => type);
  const attributes = branches.filter(([, node]) => !isPlanned(node)).flatMap(([, node]) => plannedKeys(node));
  return [
    '## Not yet supported',
    '',
    'These are words of the language that this version refuses by name:',
    '',
    ...languageMaps().flatMap(({ kind, node }) => wordLine(kind, plannedKeys(node))),
    ...wordLine('fields', [...new Set(attributes)]),
    ...wordLine('field types', types),
    ...plannedWords(appSchema),
  ];
}

function wordLine(title: string, words: readonly string[]): readonly string[] {
  return words.length === 0 ? [] : [`- ${title}: ${words.map((word) => `\`${word}\``).join(', ')}`];
}

/** Words of closed lists, such as providers and roles, wherever the schema has them. */
function plannedWords(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'x-planned' in schema && Array.isArray(schema['x-planned']) ? schema['x-planned'].map(String) : [];
  const kind = 'x-kind' in schema ? String(schema['x-kind']) : '';
  return [...wordLine(kind, own), ...Object.values(schema).flatMap(plannedWords)];
}
