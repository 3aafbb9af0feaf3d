-- Compiled by supercompile: do not edit. Part of the history: once committed it never changes again.
-- Each step runs by itself; `supercompile migrate up` or `node app/migrate.ts` keeps account of them.

-- step 1 lock_timeout=3s

create type public.lead_status as enum (
  'new',
  'contacted',
  'qualified',
  'won',
  'lost'
);

create function public.leads_status_transition()
  returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    if new.status not in (
      'new'
    ) then
      raise exception using
        errcode = '23514',
        schema = tg_table_schema,
        table = 'leads',
        column = 'status',
        constraint = 'leads_status_transition',
        message = format('%s may not start as %s', 'status', new.status);
    end if;
  else
    if new.status <> old.status and (old.status, new.status) not in (
      ('new', 'contacted'),
      ('new', 'lost'),
      ('contacted', 'qualified'),
      ('contacted', 'lost'),
      ('qualified', 'won'),
      ('qualified', 'lost')
    ) then
      raise exception using
        errcode = '23514',
        schema = tg_table_schema,
        table = 'leads',
        column = 'status',
        constraint = 'leads_status_transition',
        message = format('%s may not change from %s to %s', 'status', old.status, new.status);
    end if;
  end if;
  return new;
end
$$;

create function public.set_row_version()
  returns trigger
  language plpgsql
  set search_path = ''
as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;

create table public.accounts (
  id uuid not null default gen_random_uuid(),
  name character varying(200) not null,
  website character varying(2048),
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version bigint not null default 1,
  constraint accounts_name_key unique (name),
  constraint accounts_pkey primary key (id),
  constraint accounts_website_max_bytes check (octet_length(website) <= 2048)
);

create index accounts_created_at_id_idx on public.accounts (created_at, id);

create trigger accounts_row_version
  before update on public.accounts
  for each row
  execute function public.set_row_version();

create table public.lead_notes (
  id uuid not null default gen_random_uuid(),
  lead_id uuid not null,
  body text not null,
  occurred_on date,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version bigint not null default 1,
  constraint lead_notes_body_max_length check (char_length(body) <= 4000),
  constraint lead_notes_pkey primary key (id)
);

create index lead_notes_by_day_idx on public.lead_notes (lead_id, occurred_on);
create index lead_notes_created_at_id_idx on public.lead_notes (created_at, id);
create index lead_notes_lead_id_created_at_id_idx on public.lead_notes (lead_id, created_at, id);

create trigger lead_notes_row_version
  before update on public.lead_notes
  for each row
  execute function public.set_row_version();

create table public.leads (
  id uuid not null default gen_random_uuid(),
  name character varying(120) not null,
  phone character varying(16) not null,
  sms_consent boolean not null default false,
  email character varying(254),
  status public.lead_status not null default 'new',
  score integer not null default 0,
  budget numeric(12,2),
  tags character varying(40)[] not null default '{}',
  notes text,
  account_id uuid,
  contacted_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version bigint not null default 1,
  constraint leads_budget_min check (budget >= 0),
  constraint leads_notes_max_length check (char_length(notes) <= 100000),
  constraint leads_phone_format check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  constraint leads_pkey primary key (id),
  constraint leads_score_max check (score <= 100),
  constraint leads_score_min check (score >= 0),
  constraint leads_tags_max_items check (cardinality(tags) <= 20),
  constraint leads_tags_no_nulls check (array_position(tags, null) is null)
);

create index leads_account_id_created_at_id_idx on public.leads (account_id, created_at, id);
create index leads_contacted_at_id_desc_idx on public.leads (contacted_at desc nulls last, id desc);
create index leads_contacted_at_id_idx on public.leads (contacted_at, id);
create index leads_created_at_id_idx on public.leads (created_at, id);
create unique index leads_email_key on public.leads (lower(email));
create index leads_score_id_idx on public.leads (score, id);
create index leads_status_created_at_id_idx on public.leads (status, created_at, id);

create trigger leads_row_version
  before update on public.leads
  for each row
  execute function public.set_row_version();

create trigger leads_status_transition
  before insert or update of status on public.leads
  for each row
  execute function public.leads_status_transition();

create table public.supercompile_idempotency_keys (
  caller text collate "C" not null,
  key text collate "C" not null,
  fingerprint bytea not null,
  status integer not null,
  headers text not null,
  columns text,
  body text not null,
  created_at timestamp with time zone not null default now(),
  constraint supercompile_idempotency_keys_key_max_length check (char_length(key) <= 255),
  constraint supercompile_idempotency_keys_pkey primary key (caller, key)
);
revoke all on public.supercompile_idempotency_keys from public;
do $$
declare
  api_role text;
begin
  for api_role in select rolname from pg_catalog.pg_roles where rolname in ('anon', 'authenticated') loop
    execute pg_catalog.format('revoke all on %s from %I', 'public.supercompile_idempotency_keys', api_role);
  end loop;
end
$$;

create index supercompile_idempotency_keys_created_at_idx on public.supercompile_idempotency_keys (created_at);
alter table public.lead_notes add constraint lead_notes_lead_id_fkey foreign key (lead_id) references public.leads (id) on delete cascade;
alter table public.leads add constraint leads_account_id_fkey foreign key (account_id) references public.accounts (id) on delete set null;
