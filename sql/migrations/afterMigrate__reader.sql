-- recredit_reader can read what people read, and nothing else; it cannot log in: grant it to those who may. Runs at
-- every start, so that it is made up for where the role could not be created before.
do $$
begin
  if not exists (select from pg_roles where rolname = 'recredit_reader') then
    create role recredit_reader nologin;
  end if;
exception
  -- Another database of this server made it in the same moment.
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise notice 'The role recredit_reader is missing; have somebody who may create it: create role recredit_reader nologin';
end $$;

do $$
begin
  -- Two processes that start at the same time must not grant at the same time.
  perform pg_advisory_xact_lock(8243104035950061941);
  if exists (select from pg_roles where rolname = 'recredit_reader') then
    grant usage on schema recredit to recredit_reader;
    grant select on all tables in schema recredit to recredit_reader;
  end if;
end $$;
