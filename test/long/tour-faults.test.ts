import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBackend, createFolder, removeFolder } from '../end-to-end/compiled-backend.ts';
import { tourBackend } from '../end-to-end/tour-backend.ts';

/** A mistake that an emitter could make, as a change of one compiled file, and how the tour speaks of it. */
interface Fault {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly says: RegExp;
}

const book = (file: string): string => `app/crud/book/${file}.ts`;

const FAULTS: readonly Fault[] = [
  {
    name: 'a create drops a column',
    file: book('repository'),
    find: "        volume: param('volume'),\n",
    replace: '',
    says: /createBook: volume is null/,
  },
  {
    name: 'an update drops a column',
    file: book('repository'),
    find: "          price: param('price'),\n",
    replace: '',
    says: /updateBook/,
  },
  {
    name: 'two columns are swapped',
    file: book('repository'),
    find: "published: param('published'),",
    replace: "published: param('volume'),",
    says: /createBook: published is/,
  },
  {
    name: 'a filter looks at another column',
    file: book('repository'),
    find: "    title: { column: 'title' }",
    replace: "    title: { column: 'isbn' }",
    says: /listBooks: title\b.* finds/,
  },
  {
    name: 'a sort looks at another column',
    file: book('repository'),
    find: "price: { column: 'price' }",
    replace: "price: { column: 'isbn' }",
    says: /listBooks: sort=-?price/,
  },
  {
    name: 'a nullable sort is thought to be never null',
    file: book('repository'),
    find: "published: { column: 'published', nullable: true }",
    replace: "published: { column: 'published' }",
    says: /listBooks: sort=-?published/,
  },
  {
    name: 'a codec writes text as a number',
    file: book('repository'),
    find: "['price', 'price', 'quoted']",
    replace: "['price', 'price', 'number']",
    says: /createBook answered 201: the body breaks its schema/,
  },
  {
    name: 'a default is missing',
    file: 'app/crud/member/schema.ts',
    find: '.default(false)',
    replace: '',
    says: /createMember/,
  },
  {
    name: 'a default is another',
    file: 'app/crud/member/schema.ts',
    find: ".default('Europe/Copenhagen')",
    replace: ".default('UTC')",
    says: /createMember: zone is "UTC"/,
  },
  {
    name: 'a length is one short',
    file: book('schema'),
    find: 'field.string({ maxLength: 300 }),',
    replace: 'field.string({ maxLength: 299 }),',
    says: /createBook refused/,
  },
  {
    name: 'a bound is missing',
    file: book('schema'),
    find: "scale: 2, min: '0'",
    replace: 'scale: 2',
    says: /createBook: the errors of price: .* name nothing, not \/price/,
  },
  {
    name: 'unknown keys are taken',
    file: book('schema'),
    find: 'BookCreate = z.strictObject',
    replace: 'BookCreate = z.object',
    says: /createBook answered 201, not 422, to an unknown key/,
  },
  {
    name: 'a field cannot be patched',
    file: book('schema'),
    find: '  volume: BookRow.shape.volume.optional(),\n',
    replace: '',
    says: /updateBook answered 422 to \{"volume"/,
  },
  {
    name: 'an allowed move is refused',
    file: 'app/crud/loan/repository.ts',
    find: "overdue: ['returned', 'lost']",
    replace: "overdue: ['lost']",
    says: /updateLoan: state from overdue to returned answered 409/,
  },
  {
    name: 'pages are smaller than declared',
    file: book('schema'),
    find: 'maxPageSize: 100',
    replace: 'maxPageSize: 50',
    says: /listBooks answered 422/,
  },
  {
    name: 'a route is missing',
    file: 'app/crud/loan/routes.ts',
    find: '    operation(app, getLoanRoute,',
    replace: '    if (grants === undefined) operation(app, getLoanRoute,',
    says: /getLoan answered 40[45]/,
  },
];

let folder = '';

beforeAll(async () => {
  folder = createFolder('faults');
  await buildBackend('test/specs/lending-library/app.yaml', folder);
});

afterAll(() => removeFolder(folder));

test.for(FAULTS)('the tour sees that $name', async ({ file, find, replace, says }) => {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(find);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  try {
    const { failures } = await tourBackend(folder, { LOG_LEVEL: 'silent' });
    expect(
      failures.filter((failure) => says.test(failure)),
      failures.slice(0, 5).join('\n'),
    ).not.toEqual([]);
  } finally {
    writeFileSync(path, text);
    rmSync(join(folder, '.data'), { recursive: true, force: true });
  }
});
