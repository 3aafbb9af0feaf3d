-- Compiled by supercompile: do not edit. Part of the history: once committed it never changes again.
-- Each step runs by itself; `supercompile migrate up` or `node app/migrate.ts` keeps account of them.

-- step 1 lock_timeout=3s

create type public.lead_status as enum (
  'new',
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
      ('new', 'won'),
      ('new', 'lost')
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
  name character varying(255) not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version bigint not null default 1,
  constraint accounts_name_key unique (name),
  constraint accounts_pkey primary key (id)
);

create index accounts_created_at_id_idx on public.accounts (created_at, id);

create trigger accounts_row_version
  before update on public.accounts
  for each row
  execute function public.set_row_version();

create table public.leads (
  id uuid not null default gen_random_uuid(),
  email character varying(254) not null,
  status public.lead_status not null default 'new',
  score integer not null default 0,
  account_id uuid,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  version bigint not null default 1,
  constraint leads_pkey primary key (id),
  constraint leads_score_min check (score >= 0)
);

create index leads_account_id_created_at_id_idx on public.leads (account_id, created_at, id);
create index leads_created_at_id_idx on public.leads (created_at, id);
create unique index leads_email_key on public.leads (lower(email));
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
alter table public.leads add constraint leads_account_id_fkey foreign key (account_id) references public.accounts (id) on delete set null;
