/** A mistake that an emitter or the runtime could make, as a change of one compiled file. */
export interface Fault {
  readonly name: string;
  /** Path of the file; `.sql` is the migration. */
  readonly file: string;
  readonly find: string;
  /** Which of several occurrences, from 0. */
  readonly occurrence?: number;
  readonly replace: string;
  /** The resource whose test is run. */
  readonly resource: string;
  /** A test that must fail. */
  readonly fails: string;
}

const machine = { resource: 'Machine' } as const;
const repository = 'app/crud/machine/repository.ts';
const schema = 'app/crud/machine/schema.ts';

/** Tried by every `npm test`. */
export const QUICK_FAULTS: readonly Fault[] = [
  {
    name: 'a create drops a column',
    ...machine,
    file: repository,
    find: "        manual: param('manual'),\n",
    replace: '',
    fails: 'create stores every field of body 1',
  },
];

/** Tried by `npm run test:long`. */
export const MORE_FAULTS: readonly Fault[] = [
  {
    name: 'a write-only field leaks',
    file: 'app/crud/person/repository.ts',
    find: "  ['createdAt',",
    replace: "  ['secret', 'secret', 'text'],\n  ['createdAt',",
    resource: 'Person',
    fails: 'get answers every field of a row',
  },
  {
    name: 'a filter looks at another column',
    ...machine,
    file: repository,
    find: "keeperId: { column: 'keeper_id' }",
    replace: "keeperId: { column: 'deputy_id' }",
    fails: 'list filters by: keeperId',
  },
  {
    name: 'a default is missing',
    ...machine,
    file: schema,
    find: ".default('drill')",
    replace: '',
    fails: 'create gives the fields that are left out their defaults',
  },
  {
    name: 'a create answers 200',
    ...machine,
    file: 'runtime/crud/write-handlers.ts',
    find: 'jsonAnswer(context, 201',
    replace: 'jsonAnswer(context, 200',
    fails: 'create stores every field of body 1',
  },
  {
    name: 'a sort ignores its direction',
    ...machine,
    file: 'runtime/crud/keyset.ts',
    find: "' desc' : ' asc'",
    replace: "' asc' : ' asc'",
    fails: 'list pages through each row once by: -label',
  },
  {
    name: 'a sort key sorts by another column',
    ...machine,
    file: repository,
    find: "year: { column: 'year' }",
    occurrence: 1,
    replace: "year: { column: 'hourly' }",
    fails: 'list pages through each row once by: year',
  },
  {
    name: 'a patch ignores a field',
    ...machine,
    file: repository,
    find: "          year: param('year'),\n",
    replace: '',
    fails: 'update changes nothing else than: year',
  },
  {
    name: 'a column is written from another field',
    ...machine,
    file: repository,
    find: "deputy_id: param('deputyId')",
    replace: "deputy_id: param('keeperId')",
    fails: 'create stores every field of body 1',
  },
  {
    name: 'a unique rule is missing',
    ...machine,
    file: '.sql',
    find: '  constraint machines_label_key unique (label),\n',
    replace: '',
    fails: 'create refuses what is taken: label',
  },
  {
    name: 'a unique rule over two fields lacks one',
    file: '.sql',
    find: 'unique (machine_id, day)',
    replace: 'unique (machine_id)',
    resource: 'Booking',
    fails: 'create takes a row that shares one of: machineId, day',
  },
  {
    name: 'a unique address minds the case of letters',
    file: '.sql',
    find: 'on public.people (lower(email))',
    replace: 'on public.people (email)',
    resource: 'Person',
    fails: 'create refuses what is taken: email',
  },
  {
    name: 'a reference empties where it should hold on',
    file: '.sql',
    find: 'foreign key (person_id) references public.people (id) on delete cascade',
    replace: 'foreign key (person_id) references public.people (id)',
    resource: 'Person',
    fails: 'delete meets cascade: Booking.personId',
  },
  {
    name: 'an enum has another value',
    ...machine,
    file: schema,
    find: "  'saw',",
    replace: "  'sow',",
    fails: 'create takes the value: kind=saw',
  },
  {
    name: 'the database lets a state follow that may not',
    file: '.sql',
    find: "      ('draft', 'booked'),",
    replace: "      ('draft', 'booked'),\n      ('draft', 'used'),",
    resource: 'Booking',
    fails: 'the database refuses: state from draft to used',
  },
  {
    name: 'a state may not follow that may',
    file: 'app/crud/booking/repository.ts',
    find: "booked: ['used', 'cancelled']",
    replace: "booked: ['used']",
    resource: 'Booking',
    fails: 'update allows: state from booked to cancelled',
  },
  {
    name: 'a row may start in any state',
    file: 'app/crud/booking/schema.ts',
    find: "field.enum(['draft'])",
    replace: 'BookingRow.shape.state',
    resource: 'Booking',
    fails: 'create refuses to start at: state=booked',
  },
  {
    name: 'a page repeats the row of its cursor',
    ...machine,
    file: 'runtime/crud/keyset.ts',
    find: "'<' : '>'",
    replace: "'<=' : '>='",
    fails: 'list pages through each row once by: createdAt',
  },
  {
    name: 'If-Match is ignored by an update',
    ...machine,
    file: repository,
    find: '      .where(guard)\n',
    replace: '',
    fails: 'update keeps to the version in If-Match',
  },
  {
    name: 'If-Match is ignored by a delete',
    ...machine,
    file: repository,
    find: ".where('id', '=', param('id')).where(guard)",
    replace: ".where('id', '=', param('id'))",
    fails: 'delete keeps to the version in If-Match',
  },
  {
    name: 'a bound is one off',
    ...machine,
    file: schema,
    find: 'max: 2100',
    replace: 'max: 2101',
    fails: 'create refuses by max: year',
  },
  {
    name: 'a bound leaves itself out',
    ...machine,
    file: schema,
    find: 'min: 1950',
    replace: 'min: 1951',
    fails: 'create takes value 1 on the limits: year',
  },
  {
    name: 'a decimal may have more places than are kept',
    ...machine,
    file: schema,
    find: 'field.decimal({ precision: 10, scale: 2',
    replace: 'field.decimal({ precision: 10',
    fails: 'create refuses by format: hourly',
  },
  {
    name: 'items of a list have no limit',
    ...machine,
    file: schema,
    find: 'field.many(field.string({ maxLength: 20 })',
    replace: 'field.many(field.string()',
    fails: 'create refuses an item by maxLength: tags',
  },
  {
    name: 'a length limit is missing',
    ...machine,
    file: schema,
    find: 'field.string({ maxLength: 30 }),',
    replace: 'field.string(),',
    fails: 'create refuses by maxLength: label',
  },
  {
    name: 'a number loses digits',
    ...machine,
    file: repository,
    find: "['hours', 'hours', 'quoted']",
    replace: "['hours', 'hours', 'number']",
    fails: 'get answers every field of a row',
  },
  {
    name: 'two columns of an answer are swapped',
    ...machine,
    file: repository,
    find: "['keeperId', 'keeper_id', 'quoted'],\n  ['deputyId', 'deputy_id', 'quoted'],",
    replace: "['keeperId', 'deputy_id', 'quoted'],\n  ['deputyId', 'keeper_id', 'quoted'],",
    fails: 'get answers every field of a row',
  },
  {
    name: 'an optional field refuses null',
    ...machine,
    file: schema,
    find: 'field.date().nullable()',
    replace: 'field.date()',
    fails: 'create takes null for every optional field',
  },
  {
    name: 'a required field may be left out',
    ...machine,
    file: schema,
    find: 'year: MachineRow.shape.year,',
    replace: 'year: MachineRow.shape.year.default(2000),',
    fails: 'create demands: year',
  },
  {
    name: 'an immutable field can be changed',
    file: 'app/crud/person/schema.ts',
    find: 'email: PersonRow.shape.email.optional(),',
    replace: 'email: PersonRow.shape.email.optional(),\n  badge: PersonRow.shape.badge.optional(),',
    resource: 'Person',
    fails: 'update refuses: badge',
  },
  {
    name: 'unknown keys are let through',
    ...machine,
    file: schema,
    find: 'z.strictObject({',
    replace: 'z.object({',
    fails: 'create refuses an unknown key',
  },
  {
    name: 'a comparison is off by the bound itself',
    ...machine,
    file: 'runtime/crud/filters.ts',
    find: '${left} >= ${right}',
    replace: '${left} > ${right}',
    fails: 'list filters by: year[gte]',
  },
  {
    name: 'a page has another size',
    file: 'app/crud/visit/schema.ts',
    find: 'pageSize: 4',
    replace: 'pageSize: 5',
    resource: 'Visit',
    fails: 'list answers 4 rows unless told',
  },
  {
    name: 'a cursor fits every order',
    ...machine,
    file: 'runtime/crud/read-handlers.ts',
    find: 'JSON.stringify([name, filters, sort])',
    replace: 'name',
    fails: 'list refuses a cursor of another order',
  },
  {
    name: 'the version is not raised',
    ...machine,
    file: '.sql',
    find: 'new.version := old.version + 1;',
    replace: 'new.version := old.version;',
    fails: 'update changes nothing else than: label',
  },
];
