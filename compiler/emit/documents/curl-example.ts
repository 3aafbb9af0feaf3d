import type { ExampleBody, ResourceExamples } from '../../plan/examples.ts';
import type { Resource } from '../../plan/resource.ts';

const ORIGIN = 'http://127.0.0.1:3000';

/** A request to try: the smallest create, else the list, else nothing. */
export function curlExample({ entity, routes }: Resource, { minimalCreate }: ResourceExamples): readonly string[] {
  const create = routes.find(({ kind }) => kind === 'create');
  const list = routes.find(({ kind }) => kind === 'list');
  if (create !== undefined) return [...hint(entity.fields), ...fenced(createCommand(create.path, minimalCreate))];
  return list === undefined ? [] : fenced([`curl -i ${shellQuote(ORIGIN + list.path)}`]);
}

/** Example ids point to nothing yet. */
function hint(fields: Resource['createFields']): readonly string[] {
  const needed = fields.some(({ reference, optional, readOnly }) => reference !== undefined && !optional && !readOnly);
  return needed ? ['Put ids of existing rows into the body first:', ''] : [];
}

function createCommand(path: string, body: ExampleBody): readonly string[] {
  return [
    `curl -i ${shellQuote(ORIGIN + path)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    ...`  -d ${shellQuote(JSON.stringify(body, null, 2))}`.split('\n'),
  ];
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function fenced(lines: readonly string[]): readonly string[] {
  return ['```sh', ...lines, '```'];
}
