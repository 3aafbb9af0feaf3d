import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { supabaseFiles } from '../../compiler/cli/supabase-files.ts';
import { compareCatalogues } from '../../runtime/migrations/catalogue/compare-catalogues.ts';
import { readCatalogue } from '../../runtime/migrations/catalogue/read-catalogue.ts';
import { migrate } from '../../runtime/migrations/migrate.ts';
import { hasPostgres } from '../describe-databases.ts';
import { openTestDatabase } from '../migrations/databases.ts';
import { handWritten } from '../migrations/hand-written.ts';
import { planSpecs, spec } from '../migrations/plan-spec.ts';
import { writeTree } from '../output/temporary-folder.ts';
import { GOOD_SPEC, folderWith, runCommand } from './run-command.ts';

const lead = (values: string, more = ''): string =>
  spec({
    Lead: `fields:\n  name: { type: string }\n  mood: { type: enum, values: [${values}], default: good }\n${more}`,
  });

test.skipIf(!hasPostgres('18'))(
  'each file in a transaction of its own gives what our runner gives, ledger and all',
  async () => {
    const { migrations } = planSpecs(lead('good'), lead('good, bad', '  notes: { type: text, optional: true }\n'));
    const filled = handWritten(
      '0003_fill_00000000',
      migrations[1],
      "-- step 1 batched=2 lock_timeout=3s\n\nupdate public.leads set mood = 'bad' where id in (select id from public.leads where mood = 'good' limit 2);\n",
    );
    const all = [...migrations, filled];
    const { files, refused } = supabaseFiles(all, 20260101000000n);
    expect(refused).toEqual([]);
    const names = [...files.keys()];
    expect(names.every((name) => /^[0-9]{14}_(.*)\.sql$/.test(name))).toBe(true);
    expect(names).toEqual(names.toSorted());
    const opened = await openTestDatabase('18');
    try {
      const client = new Client({ connectionString: opened.url });
      await client.connect();
      for (const [name, text] of files) {
        // As the tool does: all statements of a file as one batch.
        await client.query(text);
        if (name.includes('create_leads'))
          await client.query("insert into leads (name) select 'n' from generate_series(1, 5)");
      }
      expect((await client.query("select count(*)::int from leads where mood = 'bad'")).rows).toEqual([{ count: 5 }]);
      await client.end();
      expect(await migrate(opened.database, all)).toEqual({ applied: [] });
      const exported = await readCatalogue(opened.database, 'public');
      await opened.reset();
      await migrate(opened.database, all);
      expect(compareCatalogues(await readCatalogue(opened.database, 'public'), exported)).toEqual([]);
    } finally {
      await opened.close();
    }
  },
);

test('the command writes all or nothing, names what cannot run there, and never changes what it wrote', async () => {
  const cwd = folderWith({ 'app.yaml': GOOD_SPEC });
  await runCommand({ cwd }, 'build');
  const run = (): ReturnType<typeof runCommand> =>
    runCommand({ cwd }, 'migrate', 'export', '--supabase', 'supabase/migrations');
  expect(await run()).toMatchObject({ status: 4, stdout: expect.stringContaining('SC4901') });
  await runCommand({ cwd }, 'migrate', 'seal');
  expect(await run()).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^00000000001001_create_plants_\w+_step1\.sql\n$/),
  });
  expect(await run()).toMatchObject({ status: 0, stdout: '' });
  const folder = join(cwd, 'supabase/migrations');
  const [name = ''] = readdirSync(folder);
  const text = readFileSync(join(folder, name), 'utf8');
  writeTree(folder, { [name]: `${text}-- mine\n` });
  expect(await run()).toMatchObject({ status: 4, stdout: expect.stringContaining('SC4909') });
  writeTree(folder, { [name]: text });
  writeTree(cwd, { 'app.yaml': GOOD_SPEC.replace('    access:', '    list: { filter: [name] }\n    access:') });
  await runCommand({ cwd }, 'build');
  await runCommand({ cwd }, 'migrate', 'seal');
  expect(await run()).toMatchObject({
    status: 4,
    stdout: expect.stringMatching(/SC4908 "0002_\w+" .*step 2: create index concurrently/),
  });
  expect(readdirSync(folder)).toEqual([name]);
});
