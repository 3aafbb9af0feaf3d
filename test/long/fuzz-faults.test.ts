import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFolder, removeFolder } from '../end-to-end/compiled-backend.ts';
import { createDatabase } from '../end-to-end/seed-rows.ts';
import { SET_UPS } from '../end-to-end/set-ups.ts';
import { buildInspected, fuzzBackend } from '../fuzz/fuzz-backend.ts';
import { injectBackend, startRememberingPostgres } from '../fuzz/inject-backend.ts';

/** A mistake of the runtime or of an emitter, as a change of one compiled file, and the check that must see it. */
interface Fault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly check: string;
}

const WRITES = 'runtime/crud/write-handlers.ts';
const LIFECYCLE = 'runtime/http/request-lifecycle.ts';
const REFUSE = "throw new (await import('../http/problem.ts')).Problem(409, { detail: 'No.' });";

const FAULTS: readonly Fault[] = [
  {
    name: 'a route answers 500 to NUL',
    file: 'runtime/http/inspect-json.ts',
    find: "  return !text.includes('\\0') && text.isWellFormed();",
    replace: "  if (text.includes('\\0')) throw new Error('NUL');\n  return text.isWellFormed();",
    check: 'not_a_server_error',
  },
  {
    name: 'a create answers 200',
    file: WRITES,
    find: 'return jsonAnswer(context, status, text, headers)',
    replace: 'return jsonAnswer(context, status === 201 ? 200 : status, text, headers)',
    check: 'status_code_conformance',
  },
  {
    name: 'rows are sent as text',
    file: 'runtime/crud/answers.ts',
    find: "'content-type': 'application/json'",
    replace: "'content-type': 'text/json'",
    check: 'content_type_conformance',
  },
  {
    name: 'a new row has no ETag',
    file: WRITES,
    find: 'headers: { etag: etagOf(row[0]), ...location },',
    replace: 'headers: location,',
    check: 'response_headers_conformance',
  },
  {
    name: 'a codec writes text as a number',
    file: 'app/crud/book/repository.ts',
    find: "['price', 'price', 'quoted']",
    replace: "['price', 'price', 'number']",
    check: 'response_schema_conformance',
  },
  {
    name: 'unknown keys are taken',
    file: 'app/crud/book/schema.ts',
    find: 'BookCreate = z.strictObject',
    replace: 'BookCreate = z.object',
    check: 'negative_data_rejection',
  },
  {
    name: 'a length is one short',
    file: 'app/crud/book/schema.ts',
    find: 'field.string({ maxLength: 300 }),',
    replace: 'field.string({ maxLength: 299 }),',
    check: 'positive_data_acceptance',
  },
  {
    name: 'a refused create leaves its row behind',
    file: WRITES,
    find: '        await afterCreate?.(asObject(created), hooked);\n',
    replace: `        if (/[0-3]$/.test(id)) ${REFUSE}\n`,
    check: 'LeakageRule',
  },
  {
    name: 'Location leads elsewhere',
    file: WRITES,
    find: "/$/, '')}/${id}`",
    replace: "/$/, '')}/${uuidV7()}`",
    check: 'ensure_resource_availability',
  },
  {
    name: 'text is not stored as it was sent',
    file: WRITES,
    find: 'repository.create(on, id, final)',
    replace: "repository.create(on, id, JSON.parse(JSON.stringify(final).normalize('NFKC')))",
    check: 'ensure_resource_availability',
  },
  {
    name: 'a delete deletes nothing',
    file: WRITES,
    find: '        await deleteRow(definition, on, id, versions);\n',
    replace: '',
    check: 'use_after_free',
  },
  {
    name: 'an unknown method is 404',
    file: LIFECYCLE,
    find: 'new Problem(405,',
    replace: 'new Problem(404,',
    check: 'unsupported_method',
  },
  {
    name: 'Allow names every method',
    file: LIFECYCLE,
    find: "allow: methods.join(', ')",
    replace: "allow: 'GET, POST, PATCH, DELETE'",
    check: 'allow_header_conformance',
  },
  {
    name: 'an expectation is refused without a word',
    file: 'runtime/server/listen.ts',
    find: "  server.on('checkExpectation', answerExpectation);\n",
    replace: '',
    check: 'problem_details',
  },
  {
    name: 'a long text keeps the server busy',
    file: 'runtime/http/inspect-json.ts',
    find: "  return !text.includes('\\0') && text.isWellFormed();",
    replace: `  const until = Date.now() + 5_500;
  if (text.length > 150) while (Date.now() < until);
  return !text.includes('\\0') && text.isWellFormed();`,
    check: 'max_response_time',
  },
];

let folder = '';

beforeAll(async () => {
  folder = createFolder('fuzz-faults');
  await buildInspected('test/specs/lending-library/app.yaml', folder);
});
afterAll(() => removeFolder(folder));

async function withFault<T>({ file, find, replace }: Omit<Fault, 'check'>, work: () => Promise<T>): Promise<T> {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(find);
  const changed = text.replace(find, () => replace);
  writeFileSync(path, changed);
  try {
    return await work();
  } finally {
    writeFileSync(path, text);
  }
}

test.for(FAULTS)('$check sees that $name', async (fault) => {
  const [setUp] = SET_UPS;
  const failures = await withFault(fault, async () => {
    const open = await setUp!.open(folder);
    try {
      return (await fuzzBackend(folder, open, { seed: 1, requests: 2_000 })).failures;
    } finally {
      await open.close();
    }
  });
  expect(
    failures.filter((failure) => failure.includes(`${fault.check}: `)),
    failures.slice(0, 5).join('\n'),
  ).not.toEqual([]);
});

test('SQL that is put together from what was sent is seen', async () => {
  const server = await startRememberingPostgres();
  try {
    const url = await createDatabase(server.url, 'injection_fault');
    const fault = {
      name: 'SQL is put together from what was sent',
      file: WRITES,
      find: '        await afterCreate?.(asObject(created), hooked);\n',
      replace:
        "        await on.query({ text: `select 1 where '1' <> '${Object.values(final)[0]}'`, values: [] }).catch(() => 0);\n",
    };
    const { failures } = await withFault(fault, () => injectBackend(folder, url, { seed: 1, requests: 2_000 }));
    expect(failures.join('\n')).toMatch(/Postgres was sent select \$1 where \$2 <> \$3 ?(?:\|\||and|or)/);
  } finally {
    await server.close();
  }
});
