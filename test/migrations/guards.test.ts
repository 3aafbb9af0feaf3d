import { afterAll, beforeAll, expect, test } from 'vitest';
import { DatabaseError } from '../../runtime/database/errors.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { describeEachDatabase } from '../describe-databases.ts';
import { openTestDatabase, type TestDatabase } from './databases.ts';
import { planSpecs, spec } from './plan-spec.ts';

const SPEC = spec({
  Owner: 'fields:\n  name: { type: string }',
  Task: `
fields:
  state:
    type: enum
    values: [draft, open, done]
    default: draft
    transitions: { draft: [open], open: [done, draft] }
  owner: { type: reference, to: Owner, optional: true, onDelete: setNull }
  count: { type: integer, min: 0, max: 9, default: 1 }
  ratio: { type: number, default: 1 }
  weights: { type: number, many: true, maxItems: 2 }
  title: { type: string, minLength: 2, maxLength: 5, default: two }
  body: { type: text, maxLength: 3, optional: true }
  phone: { type: phone, optional: true }
  tags: { type: string, many: true, maxItems: 2 }
  email: { type: email, optional: true, unique: true }
`,
});

describeEachDatabase((version) => {
  let opened: TestDatabase;
  beforeAll(async () => {
    opened = await openTestDatabase(version);
    await migrate(opened.database, planSpecs(SPEC).migrations);
  });
  afterAll(() => opened.close());

  async function run(text: string): Promise<string | undefined> {
    const { rows } = await opened.database.query({ text, values: [] });
    return rows[0]?.[0] ?? undefined;
  }

  async function refusal(text: string): Promise<string> {
    try {
      await run(text);
      return 'accepted';
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      return `${error.sqlState} ${error.constraint ?? ''}`.trim();
    }
  }

  const insert = (columns: string, values: string): string =>
    `insert into tasks (${columns}) values (${values}) returning id`;

  test('a row starts at an initial value', async () => {
    expect(await refusal(insert('state', "'draft'"))).toBe('accepted');
    expect(await refusal(insert('state', "'open'"))).toBe('23514 tasks_state_transition');
  });

  test.each([
    ['draft', 'draft', 'accepted'],
    ['draft', 'open', 'accepted'],
    ['draft', 'done', '23514 tasks_state_transition'],
    ['open', 'done', 'accepted'],
    ['open', 'draft', 'accepted'],
    ['done', 'draft', '23514 tasks_state_transition'],
    ['done', 'open', '23514 tasks_state_transition'],
  ])('a state follows only where the machine says so: %s to %s', async (from, to, expected) => {
    const id = await run(insert('count', '1'));
    if (from !== 'draft') await run(`update tasks set state = 'open' where id = '${id}'`);
    if (from === 'done') await run(`update tasks set state = 'done' where id = '${id}'`);
    expect(await refusal(`update tasks set state = '${to}' where id = '${id}'`)).toBe(expected);
  });

  test('a state is never null', async () => {
    expect(await refusal(insert('state', 'null'))).toBe('23502');
    const id = await run(insert('count', '1'));
    expect(await refusal(`update tasks set state = null where id = '${id}'`)).toBe('23502');
  });

  test('an error of the machine names the place and quotes no other column', async () => {
    const failure = await opened.database
      .query({ text: insert('state', "'done'"), values: [] })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      schema: 'public',
      table: 'tasks',
      column: 'state',
      constraint: 'tasks_state_transition',
    });
    expect(failure instanceof DatabaseError && failure.report().message).toBe('state may not start as done');
  });

  test('every update raises the version, also one that comes by a cascade', async () => {
    const owner = await run("insert into owners (name) values ('a') returning id");
    const id = await run(insert('owner_id', `'${owner}'`));
    const version = (): Promise<string | undefined> => run(`select version from tasks where id = '${id}'`);
    expect(await version()).toBe('1');
    await run(`update tasks set count = 2 where id = '${id}'`);
    expect(await version()).toBe('2');
    await run(`update tasks set count = 2, version = 40 where id = '${id}'`);
    expect(await version()).toBe('3');
    await run(`delete from owners where id = '${owner}'`);
    expect(await run(`select version || coalesce(owner_id::text, ' none') from tasks where id = '${id}'`)).toBe(
      '4 none',
    );
    expect(await run(`select updated_at >= created_at from tasks where id = '${id}'`)).toBe('t');
  });

  test.each([
    ['count', '-1', '23514 tasks_count_min'],
    ['count', '10', '23514 tasks_count_max'],
    ['ratio', "'NaN'", '23514 tasks_ratio_finite'],
    ['ratio', "'-Infinity'", '23514 tasks_ratio_finite'],
    ['weights', "'{1,NaN}'", '23514 tasks_weights_finite'],
    ['weights', "'{1,null}'", '23514 tasks_weights_no_nulls'],
    ['weights', "'{1,2,3}'", '23514 tasks_weights_max_items'],
    ['weights', "'{1,-2.5}'", 'accepted'],
    ['title', "'a'", '23514 tasks_title_min_length'],
    ['title', "'🙂🙂🙂🙂🙂'", 'accepted'],
    ['title', "'abcdef'", '22001'],
    ['body', "'🙂🙂🙂🙂'", '23514 tasks_body_max_length'],
    ['phone', "'+15551234567'", 'accepted'],
    ['phone', "'15551234567'", '23514 tasks_phone_format'],
    ['phone', "E'+15551234567\\n'", '23514 tasks_phone_format'],
    ['tags', "'{a,null}'", '23514 tasks_tags_no_nulls'],
    ['tags', "'{a,b,c}'", '23514 tasks_tags_max_items'],
  ])('limits hold in the database: %s = %s', async (column, value, expected) => {
    expect(await refusal(insert(column, value))).toBe(expected);
  });

  test('an email is unique whatever its case', async () => {
    expect(await refusal(insert('email', "'Ann@example.com'"))).toBe('accepted');
    expect(await refusal(insert('email', "'ann@EXAMPLE.com'"))).toBe('23505 tasks_email_key');
  });
});
