import { FILE_START } from '../../compiler/diagnostics/span.ts';
import { expect, test } from 'vitest';
import { documentEmitters } from '../../compiler/emit/documents/document-emitters.ts';
import { code, prose } from '../../compiler/emit/text/markdown.ts';
import { mermaidLabel, mermaidWord } from '../../compiler/emit/text/mermaid.ts';
import { findUnknownTicks, planChecklist } from '../../compiler/plan/checklist.ts';
import { IDEMPOTENCY_TABLE } from '../../compiler/plan/database/idempotency-table.ts';
import { LEDGER_TABLE } from '../../compiler/plan/server-login.ts';
import { quoteIdentifier } from '../../compiler/plan/sql/sql-text.ts';
import { readSources } from '../architecture/read-sources.ts';
import { emitAll, emitInput } from './emit-fixture.ts';
import { createEntity, createField, fixtureApp, HOSTILE } from './fixture-app.ts';

const input = emitInput(fixtureApp);
const files = emitAll(documentEmitters, input);

function documentOf(path: string): string {
  return files.get(path) ?? '';
}

const markdown = [...files].filter(([path]) => path.endsWith('.md'));

/** Cells of a table's row: bars that no backslash escapes and no code holds. */
function cellCount(line: string): number {
  return line.replaceAll(/\\./g, '').split('|').length - 2;
}

test('every row of a table has as many cells as its head, whatever the spec says', () => {
  for (const [path, text] of markdown) {
    let columns = 0;
    for (const line of text.split('\n')) {
      if (!line.startsWith('|')) columns = 0;
      else if (columns === 0) columns = cellCount(line);
      else expect([path, line, cellCount(line)]).toEqual([path, line, columns]);
    }
  }
});

test('hostile prose stays one line of plain text', () => {
  const shown = prose(HOSTILE);
  expect(shown).not.toMatch(/[\n<>]|-->|(?<!\\)[`*[\]|]|javascript:/);
  for (const [path, text] of markdown) {
    expect([path, text.includes('<script>'), text.includes('# not a heading\n')]).toEqual([path, false, false]);
    expect([path, text.split('-->').length - 1]).toEqual([
      path,
      (text.match(/^(<!-- .* -->|  (\[\*\]|s_\w+) --> (\[\*\]|s_\w+))$/gm) ?? []).length,
    ]);
  }
});

test.each([
  ['# heading', '\\# heading'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['snake_case and _emphasis_', 'snake_case and \\_emphasis\\_'],
  ['  two\n\nparagraphs ', 'two paragraphs'],
  ['5 < 6 & 7', '5 &lt; 6 &amp; 7'],
  ['right\u202eleft', 'rightleft'],
  ['A prospect, 50 % (mostly).', 'A prospect, 50 % (mostly).'],
])('prose %j becomes %j', (text, expected) => {
  expect(prose(text)).toBe(expected);
});

test.each([
  ['^[a-z]{2}$', '`^[a-z]{2}$`'],
  ['a|b', '<code>a&#124;b</code>'],
  ['`', '<code>&#96;</code>'],
  ['a\nb', '<code>a&#10;b</code>'],
  ['<b|', '<code>&lt;b&#124;</code>'],
])('code %j becomes %j', (text, expected) => {
  expect(code(text)).toBe(expected);
});

test('a mermaid label cannot end early, nor can two words of a diagram be one', () => {
  expect(mermaidLabel('a "b"\n; --> `c` <d>')).toBe('"a #34;b#34; #59; --#62; #96;c#96; #60;d#62;"');
  expect(mermaidWord('a-b')).not.toBe(mermaidWord('a_b'));
  expect(mermaidWord('in_progress')).toMatch(/^\w+$/);
});

test('every line of a mermaid diagram is of a known form', () => {
  const blocks = [...documentOf('app/docs/erd.md').matchAll(/```mermaid\n([\s\S]*?)```/g)].map(
    ([, block]) => block ?? '',
  );
  expect(blocks.length).toBe(3);
  const forms = [
    /^(erDiagram|stateDiagram-v2)$/,
    /^ {2}"[A-Z]\w*" \{$/,
    /^ {4}[a-zA-Z]+ (?!(?:pk|fk|uk)\b)\w+( (PK|FK|UK|FK, UK))?( "\w+")?$/,
    /^ {2}\}$/,
    /^ {2}"\w+" (\|o|\|\|)--(o\{|o\|) "\w+" : "[^"]*"$/,
    /^ {2}state "[^"]*" as s_\w+$/,
    /^ {2}(\[\*\]|s_\w+) --> (\[\*\]|s_\w+)$/,
  ];
  const strange = blocks
    .flatMap((block) => block.trimEnd().split('\n'))
    .filter((line) => !forms.some((form) => form.test(line)));
  expect(strange).toEqual([]);
});

test('no two items of the checklist have one id', () => {
  const text = documentOf('app/docs/backend_todos_lead-tracker.md');
  const ids = [...text.matchAll(/^- \[.\] `([^`]+)`/gm)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(20);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the rules name what holds them in the database', () => {
  const rules = documentOf('app/docs/backend_rules.md');
  expect(rules).toContain(
    '| `score`: integer; `0` to `100` | 422 | `integer not null`, `leads_score_max`, `leads_score_min` |',
  );
  expect(rules).toContain('| `status`: `new` goes to `contacted` or `lost` only | 409 | `leads_status_transition` |');
  expect(rules).toContain(
    '| `accountId` names an existing Account, and is emptied when that is deleted | 422 | `leads_account_id_fkey` |',
  );
  expect(rules).toMatch(
    /\| no two rows have the same `phone` and `accountId`; .* \| 409 with the code `.*` \| `leads_.*_key` \|/,
  );
  expect(rules).toMatch(/^\| `status`: enum; .* \| 422 \| `lead_status not null`, `leads_status_transition` \|$/m);
});

test('the rules say which of them the API alone keeps', () => {
  const entity = createEntity('Note', [
    createField('slug', 'string', { limits: { minLength: 2, maxLength: 9, pattern: '^[a-z]+$' }, immutable: true }),
    createField('tags', 'text', { many: true, limits: { minLength: 2, maxLength: 9, maxItems: 3 } }),
    createField('phones', 'phone', { many: true, limits: { maxItems: 3 } }),
    createField('seen', 'datetime', { optional: true, readOnly: true }),
    createField('pin', 'string', { limits: { maxLength: 4 }, writeOnly: true }),
  ]);
  const app = { ...fixtureApp, entities: [entity] };
  const rules = emitAll(documentEmitters, emitInput(app)).get('app/docs/backend_rules.md') ?? '';
  expect(rules.split('\n').filter((line) => line.startsWith('| `'))).toEqual([
    '| `slug`: string; required; set on create only; 2 to 9 characters; matches `^[a-z]+$` | 422 | `character varying(9) not null`, `notes_slug_min_length`; API alone: pattern, set on create only |',
    '| `tags`: list of text; 2 to 9 characters; at most 3 items | 422 | `text[] not null`, `notes_tags_max_items`, `notes_tags_no_nulls`; API alone: length |',
    '| `phones`: list of phone; at most 3 items | 422 | `character varying(16)[] not null`, `notes_phones_max_items`, `notes_phones_no_nulls`; API alone: form |',
    '| `seen`: datetime; never in a body | 422: `readOnly` | `timestamp with time zone`; API alone: never in a body |',
    '| `pin`: string; required; never in an answer; at most 4 characters | 422 | `character varying(4) not null`; API alone: never in an answer |',
  ]);
});

test('the key of ids that a client makes is told with them, and is no unique of its own', () => {
  const entity = createEntity('Note', [createField('slug', 'string', { unique: true })], { clientId: true });
  const app = { ...fixtureApp, entities: [entity] };
  const rules = emitAll(documentEmitters, emitInput(app)).get('app/docs/backend_rules.md') ?? '';
  expect(rules).toMatch(/^\| a create may bring the `id` of its row, .* \| `notes_pkey` \|$/m);
  expect(rules.match(/no two rows have the same.*/g)).toEqual([
    'no two rows have the same `slug` | 409 | `notes_slug_key` |',
  ]);
});

test('uniques say which rows they do not compare', () => {
  expect(documentOf('app/docs/backend_rules.md')).toContain(
    '| no two rows have the same `phone` and `accountId`; rows whose `accountId` is null are not compared | 409 with the code',
  );
  const api = documentOf('app/docs/api.md');
  expect(api).toContain(
    '\n- No two rows have the same `phone` and `accountId`; rows whose `accountId` is null are not compared.\n',
  );
  expect(api).toMatch(/^\| `email` \| .* \| unique in any case of letters where it is not null \|$/m);
  expect(api).toMatch(/^\| `name` \| .* \| at most 200 characters; unique \|$/m);
});

test('every kind of problem that the runtime answers is listed in the API document', () => {
  const kinds = readSources('runtime').flatMap(({ text }) =>
    [...text.matchAll(/new Problem\([^;]*?\bcode: '(\w+)' \}/g)].map(([, kind]) => kind ?? ''),
  );
  const listed = [...documentOf('app/docs/api.md').matchAll(/^\| `urn:problem:(\w+)` \|/gm)].map(([, kind]) => kind);
  expect(kinds.toSorted()).toEqual(['conflict', 'frozen', 'referenced']);
  expect(listed.toSorted()).toEqual(kinds.toSorted());
});

test('access has one line for each entity, operation and role, refusals included', () => {
  const access = documentOf('app/docs/access.md');
  expect(access).toContain('| Account | create | `anonymous` | all | `team` |');
  expect(access).toContain('| Account | delete | nobody | none | - |');
  expect(access.match(/^\| \w+ \| (create|read|update|delete) \|/gm)).toHaveLength(4 * fixtureApp.entities.length);
});

test('an example request carries a body that the shell passes on unchanged', () => {
  const entity = createEntity('Note', [
    createField('text', 'string', { limits: { maxLength: 40 }, example: 'it\'s `$(x)` "q" !' }),
  ]);
  const api = emitAll(documentEmitters, emitInput({ ...fixtureApp, entities: [entity] })).get('app/docs/api.md') ?? '';
  expect(api).toContain(`"text": "it'\\''s \`$(x)\` \\"q\\" !"`);
});

test('the checklist shows what is proven, what a person has ticked and what is open', () => {
  const ticked = emitAll(documentEmitters, {
    ...input,
    ticks: { 'database.backups': 'nightly | *tested*', 'config.tls': '' },
  });
  const list = ticked.get('app/docs/backend_todos_lead-tracker.md') ?? '';
  expect(list).toContain('- [x] `entity.Lead.create` Lead: create, `POST /api/v1/leads`');
  expect(list).toContain(
    '- [x] `database.backups` switch backups on and restore one, once, to see that it works (nightly \\| \\*tested\\*)',
  );
  expect(list).toContain('- [x] `config.tls` put the server behind TLS\n');
  expect(list).toContain('- [ ] `config.secret`');
  expect(list).toContain('- [ ] `entity.Hidden.none`');
});

test('ids of the checklist are unique, and ticks that name none are found', () => {
  const sections = planChecklist(fixtureApp, input.resources, input.migrations);
  const ids = sections.flatMap(({ items }) => items.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  const ticks = ['config.tls', 'entity.Leed.create', 'constructor'].map((id) => ({
    id,
    note: '',
    file: '',
    span: FILE_START,
  }));
  expect(findUnknownTicks(sections, ticks).map(({ id }) => id)).toEqual(['entity.Leed.create', 'constructor']);
});

test('the tables of public are closed to Supabase by name, those of another schema need nothing', () => {
  const revoked = [...documentOf('app/docs/supabase_setup.md').matchAll(/^revoke all on public\.(\S+) from anon/gm)];
  const own = fixtureApp.entities.map(({ names }) => quoteIdentifier(names.table));
  const tables = [...own, IDEMPOTENCY_TABLE].toSorted();
  expect(tables).toContain('hiddens');
  expect(revoked.map(([, table]) => table)).toEqual([LEDGER_TABLE, ...tables]);
  const moved =
    emitAll(documentEmitters, emitInput({ ...fixtureApp, database: { schema: 'crm' } })).get(
      'app/docs/supabase_setup.md',
    ) ?? '';
  expect(moved).not.toContain('anon');
  expect(moved).toContain('create schema if not exists crm;');
});
