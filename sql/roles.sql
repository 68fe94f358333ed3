-- The three roles of Recredit, for a PostgreSQL where not everything is done by one user (operation.md, "Roles"). Run it
-- once, in the database that Recredit is to use, as its owner or as whoever may create roles and grant on it; a superuser is
-- not needed. Run again it changes nothing. Then give the two that log in a password, and log people in as members of the
-- third:
--
--   psql -d DATABASE -f sql/roles.sql
--   psql -d DATABASE -c '\password recredit_owner' -c '\password recredit_job'
--   psql -d DATABASE -c 'create role jonas login in role recredit_reader'
do $$
begin
  -- Owns the tables: migrates and restores them, erases, prunes, opens closed days.
  if not exists (select from pg_roles where rolname = 'recredit_owner') then
    create role recredit_owner login;
  end if;
  -- Runs the nights, resolves, closes and exports; rewrites nothing. migrate grants it what it needs.
  if not exists (select from pg_roles where rolname = 'recredit_job') then
    create role recredit_job login;
  end if;
  -- Reads what people read: report, explain, check, status, prove.
  if not exists (select from pg_roles where rolname = 'recredit_reader') then
    create role recredit_reader nologin;
  end if;
  execute format('grant connect, create, temporary on database %I to recredit_owner', current_database());
  execute format('grant connect, temporary on database %I to recredit_job, recredit_reader', current_database());
end $$;
