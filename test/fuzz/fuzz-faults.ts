import type { SeededFault } from '../faults/seeded-fault.ts';

/** A mistake, and the check that must see it. */
interface FuzzFault extends SeededFault {
  readonly check: string;
}

const CREATE = 'runtime/crud/create-handler.ts';
const LIFECYCLE = 'runtime/http/request-lifecycle.ts';
const REFUSE = "throw new (await import('../http/problem.ts')).Problem(409, { detail: 'No.' });";

/** Mistakes of the runtime and of emitters that the fuzzer must see. */
export const FUZZ_FAULTS: readonly FuzzFault[] = [
  {
    name: 'a route answers 500 to NUL',
    file: 'runtime/http/inspect-json.ts',
    find: "  return !text.includes('\\0') && text.isWellFormed();",
    replace: "  if (text.includes('\\0')) throw new Error('NUL');\n  return text.isWellFormed();",
    check: 'not_a_server_error',
  },
  {
    name: 'a create answers 200',
    file: CREATE,
    find: 'return jsonAnswer(context, outcome.status,',
    replace: 'return jsonAnswer(context, 200,',
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
    file: CREATE,
    find: 'headers: { etag: etagOf(row[0]), ...locationOf(repository.idOf(row)) },',
    replace: 'headers: locationOf(repository.idOf(row)),',
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
    file: 'runtime/crud/body.ts',
    find: 'explaining(z.strictObject(shape),',
    replace: 'explaining(z.object(shape),',
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
    file: CREATE,
    find: '      await afterCreate?.(JSON.parse(serialize(created)), hooked);\n',
    replace: `      if (/[0-3]$/.test(id)) ${REFUSE}\n`,
    check: 'LeakageRule',
  },
  {
    name: 'Location leads elsewhere',
    file: CREATE,
    find: 'pathTo(path, own)',
    replace: 'pathTo(path, crypto.randomUUID())',
    check: 'ensure_resource_availability',
  },
  {
    name: 'text is not stored as it was sent',
    file: CREATE,
    find: 'repository.create(on, id, final)',
    replace: "repository.create(on, id, JSON.parse(JSON.stringify(final).normalize('NFKC')))",
    check: 'ensure_resource_availability',
  },
  {
    name: 'a delete deletes nothing',
    file: 'runtime/crud/write-handlers.ts',
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

/** Text of a caller that reaches Postgres as SQL. */
export const INJECTION_FAULT: SeededFault = {
  name: 'SQL is put together from what was sent',
  file: 'runtime/crud/read-handlers.ts',
  find: '      const list = bindingOf(request);\n',
  replace: [
    '      const list = bindingOf(request);',
    '      const sent = decodeURIComponent(new URL(context.req.url).search);',
    "      await database.query({ text: `select 1 where '1' <> '${sent}'`, values: [] }).catch(() => 0);\n",
  ].join('\n'),
};
