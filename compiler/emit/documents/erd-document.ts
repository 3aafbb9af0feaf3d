import type { Entity, Field } from '../../model/app.ts';
import { isLink } from '../../model/link-step.ts';
import type { Emitter } from '../emitter.ts';
import { MARKDOWN_HEADER } from '../header.ts';
import { code, document } from '../text/markdown.ts';
import { mermaidLabel, mermaidWord } from '../text/mermaid.ts';

/** Prints `app/docs/erd.md`: entities and their references, and a diagram for each state machine. */
export const emitErdDocument: Emitter = ({ app }) => {
  const lines = [
    ...MARKDOWN_HEADER,
    '',
    '# Entities',
    '',
    '```mermaid',
    'erDiagram',
    ...app.entities.flatMap(entityLines),
    '```',
    '',
    ...app.entities.flatMap(stateDiagrams),
  ];
  return [{ path: 'app/docs/erd.md', text: document(lines), owner: 'compiler' }];
};

/** One entity with its own references: a contiguous block. */
function entityLines({ name, fields, id }: Entity): readonly string[] {
  return [
    `  ${quoted(name)} {`,
    `    ${id ?? 'uuid'} id PK`,
    ...fields.map((field) => `    ${attribute(field)}`),
    '    datetime created_at',
    '    datetime updated_at',
    '    bigint version',
    '  }',
    ...fields.flatMap((field) => relationship(name, field)),
  ];
}

function attribute(field: Field): string {
  const keys = [...(isLink(field) ? ['FK'] : []), ...(field.unique ? ['UK'] : [])].join(', ');
  const note = field.many ? 'list' : field.optional ? 'optional' : '';
  return [field.type, attributeName(field.column), keys, note === '' ? '' : mermaidLabel(note)]
    .filter((part) => part !== '')
    .join(' ');
}

/** Mermaid reads these names as keys. */
function attributeName(column: string): string {
  return /^(pk|fk|uk)$/i.test(column) ? `${column}_` : column;
}

function relationship(owner: string, { name, reference, links, optional, unique }: Field): readonly string[] {
  const target = reference ?? links;
  if (target === undefined) return [];
  const there = links === undefined ? (optional ? '|o' : '||') : '}o';
  const here = unique ? 'o|' : 'o{';
  const label = target.inverse === undefined ? name : `${name}, ${target.inverse} there`;
  return [`  ${quoted(target.entity)} ${there}--${here} ${quoted(owner)} : ${mermaidLabel(label)}`];
}

function quoted(name: string): string {
  return `"${name}"`;
}

function stateDiagrams({ name, fields }: Entity): readonly string[] {
  return fields.flatMap((field) =>
    field.enum?.transitions === undefined ? [] : stateDiagram(name, field, field.enum),
  );
}

function stateDiagram(
  entity: string,
  field: Field,
  { values, initial = [], transitions = [] }: NonNullable<Field['enum']>,
): readonly string[] {
  return [
    `## ${entity}: ${code(field.name)}`,
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...values.map((value) => `  state ${mermaidLabel(value)} as ${stateId(value)}`),
    ...initial.map((value) => `  [*] --> ${stateId(value)}`),
    ...transitions.flatMap(({ from, to }) => to.map((next) => `  ${stateId(from)} --> ${stateId(next)}`)),
    ...transitions.filter(({ to }) => to.length === 0).map(({ from }) => `  ${stateId(from)} --> [*]`),
    '```',
    '',
  ];
}

/** No value of a spec can be a keyword of the diagram. */
function stateId(value: string): string {
  return `s_${mermaidWord(value)}`;
}
