import { OPERATIONS } from '../../model/app.ts';
import type { Entity, Grant, Operation } from '../../model/app.ts';
import type { Emitter } from '../emitter.ts';
import { MARKDOWN_HEADER } from '../header.ts';
import { code, document, row, table } from '../text/markdown.ts';

/** Prints `app/docs/access.md`: the matrix of entity, operation and role, one line a cell. */
export const emitAccessDocument: Emitter = ({ app }) => {
  const rows = app.entities.flatMap((entity) => OPERATIONS.flatMap((operation) => cells(entity, operation)));
  const lines = [
    ...MARKDOWN_HEADER,
    '',
    '# Access',
    '',
    'Deny by default: what no grant allows has no route. `read` is get and list. `anonymous` is every caller,',
    'because the spec says `auth: { provider: none }`: put the server behind something that knows its callers, or publish nothing that must not be public.',
    '',
    ...table(['Entity', 'Operation', 'Role', 'Rows', 'Grant'], rows),
  ];
  return [{ path: 'app/docs/access.md', text: document(lines), owner: 'compiler' }];
};

function cells(entity: Entity, operation: Operation): readonly string[] {
  const grants = entity.grants.filter(({ allow }) => allow.includes(operation));
  if (grants.length === 0) return [row(entity.name, operation, 'nobody', 'none', '')];
  return grants.flatMap((grant) => grant.roles.map((role) => cell(entity, operation, role, grant)));
}

function cell({ name: entity, partOf }: Entity, operation: Operation, role: string, { rows, name }: Grant): string {
  const grant = partOf === undefined ? code(name) : `${code(name)}, as a part of ${partOf.entity}`;
  return row(entity, operation, code(role), rows, grant);
}
