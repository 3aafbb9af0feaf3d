import type { SeededFault } from '../faults/seeded-fault.ts';

/** A mistake, and how the tour speaks of it. */
interface TourFault extends SeededFault {
  readonly says: RegExp;
}

const book = (file: string): string => `app/crud/book/${file}.ts`;

/** Mistakes of emitters that the tour must see. */
export const TOUR_FAULTS: readonly TourFault[] = [
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
    find: "price: { column: 'price', type: 'decimal' }",
    replace: "price: { column: 'isbn', type: 'decimal' }",
    says: /listBooks: sort=-?price/,
  },
  {
    name: 'a nullable sort is thought to be never null',
    file: book('repository'),
    find: "published: { column: 'published', type: 'integer', nullable: true }",
    replace: "published: { column: 'published', type: 'integer' }",
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
    file: 'runtime/crud/body.ts',
    find: 'explaining(z.strictObject(shape),',
    replace: 'explaining(z.object(shape),',
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
