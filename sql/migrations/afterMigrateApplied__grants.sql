-- recredit_reader can read what people read, and nothing else; it cannot log in: grant it to those who may. Runs
-- after whatever was brought along, and in every migrate, so that it is made up for where a role could not be created before.
-- The job's user and the owner are made by sql/roles.sql.
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
declare
  lacking record;
begin
  -- Two processes that start at the same time must not grant at the same time.
  perform pg_advisory_xact_lock(8243104035950061941);
  for lacking in
    select r.rolname, m.missing
    from pg_roles r cross join lateral recredit_read.missing_right(r.rolname, r.rolname) m
    where r.rolname in ('recredit_reader', 'recredit_job') and m.missing not like '% on database %'
  loop
    execute format('grant %s to %I', lacking.missing, lacking.rolname);
  end loop;
end $$;
