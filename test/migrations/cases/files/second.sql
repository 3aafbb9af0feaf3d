-- Compiled by supercompile: do not edit. Part of the history: once committed it never changes again.
-- Each step runs by itself; `supercompile migrate up` or `node app/migrate.ts` keeps account of them.
-- INDEX_BUILD: leads_mood_created_at_id_idx
-- INDEX_BUILD: leads_owner_id_created_at_id_idx

-- step 1 lock_timeout=3s

create type public.lead_mood as enum (
  'good',
  'bad'
);

alter table public.leads add column mood public.lead_mood;
alter table public.leads add column owner_id uuid;
alter table public.leads add column code character varying(9);
alter table public.leads add constraint leads_owner_id_fkey foreign key (owner_id) references public.accounts (id) on delete restrict not valid;

-- step 2 notx lock_timeout=10min retry=drop-invalid-index:public.leads_code_key

create unique index concurrently if not exists leads_code_key on public.leads (code);

-- step 3 notx lock_timeout=10min retry=drop-invalid-index:public.leads_mood_created_at_id_idx

create index concurrently if not exists leads_mood_created_at_id_idx on public.leads (mood, created_at, id);

-- step 4 notx lock_timeout=10min retry=drop-invalid-index:public.leads_owner_id_created_at_id_idx

create index concurrently if not exists leads_owner_id_created_at_id_idx on public.leads (owner_id, created_at, id);

-- step 5 lock_timeout=3s

alter table public.leads validate constraint leads_owner_id_fkey;

-- step 6 lock_timeout=3s

alter table public.leads add constraint leads_code_key unique using index leads_code_key;
