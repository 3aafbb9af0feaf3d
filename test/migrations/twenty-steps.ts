import type { Migration } from '../../runtime/migrations/migration.ts';
import { handWritten } from './hand-written.ts';

/** Rows of the table before the migration. */
export const ROWS = 230;

/** Made before anything is disturbed: a table with rows, and one that notes which step ran how often. */
export const BEFORE: Migration = handWritten(
  '0001_before_00000000',
  undefined,
  `-- step 1

create table public.items (id integer primary key, name text not null, touched integer not null default 0);
insert into public.items select n, 'item ' || n from generate_series(1, ${ROWS}) n;
create table public.ran (step text not null);
`,
);

const note = (step: string): string => `insert into public.ran values ('${step}');`;

/** One of each sort that a plan may have, over and over: 20 steps. */
const STEPS: readonly string[] = Array.from({ length: 4 }, (_, round) => {
  const n = round + 1;
  return [
    `-- step ${round * 5 + 1} lock_timeout=3s

alter table public.items add column value${n} integer;
alter table public.items add constraint value${n}_set check (value${n} is not null) not valid;
${note(`expand${n}`)}`,
    `-- step ${round * 5 + 2} notx lock_timeout=10min retry=drop-invalid-index:public.items_value${n}_idx

create unique index concurrently if not exists items_value${n}_idx on public.items (value${n}, id);`,
    `-- step ${round * 5 + 3} batched=50 lock_timeout=3s

update public.items set value${n} = id * ${n}, touched = touched + 1
where ctid = any (array(select ctid from public.items where value${n} is null limit 50)) and value${n} is null;`,
    `-- step ${round * 5 + 4} lock_timeout=3s

alter table public.items validate constraint value${n}_set;
${note(`validate${n}`)}`,
    `-- step ${round * 5 + 5} lock_timeout=3s

alter table public.items alter column value${n} set not null;
alter table public.items drop constraint value${n}_set;
${note(`contract${n}`)}`,
  ];
}).flat();

export const TWENTY: Migration = handWritten('0002_twenty_00000000', BEFORE, `${STEPS.join('\n\n')}\n`);

/** What must be true of the rows at the end: none lost, none changed twice, no step run twice. */
export const OUTCOME = `select (select count(*) from public.items), (select count(*) from public.items where touched = 4 and value3 = id * 3),
  (select count(*) from public.ran), (select count(distinct step) from public.ran)`;

/** Answers of `OUTCOME` after any number of runs that ended one way or another. */
export const EXPECTED: readonly (readonly string[])[] = [[String(ROWS), String(ROWS), '12', '12']];
