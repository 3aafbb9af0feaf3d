-- Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
-- Your own code and notes live in custom/.
--
-- The role that the server logs in as, with no more rights than the grants of the spec need. Run it as
-- the owner of the tables after every migration; running it again is safe. It sets no password: see
-- supabase_setup.md.
begin;
do $$
begin
  if not exists (select from pg_roles where rolname = 'lead_tracker_server') then
    create role lead_tracker_server;
    alter role lead_tracker_server set timezone = 'UTC';
    alter role lead_tracker_server set datestyle = 'ISO';
    alter role lead_tracker_server set intervalstyle = 'iso_8601';
    alter role lead_tracker_server set statement_timeout = '30s';
    alter role lead_tracker_server set idle_in_transaction_session_timeout = '30s';
  end if;
end
$$;
revoke all on all tables in schema public from lead_tracker_server;
grant usage on schema public to lead_tracker_server;
grant select on public.supercompile_migrations to lead_tracker_server;
grant select, insert, delete on public.supercompile_idempotency_keys to lead_tracker_server;
grant select, insert, update, delete on public.accounts to lead_tracker_server;
grant select, insert, update, delete on public.leads to lead_tracker_server;
grant select, insert, delete on public.lead_notes to lead_tracker_server;
commit;
