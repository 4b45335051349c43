-- What was done to the installation as a whole: backups, restores, clearing out.
create table operation (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('backup', 'restore', 'retain')),
  at timestamptz not null default now(),
  -- Numbers and hashes only.
  detail jsonb not null default '{}'
);
create index operation_of on operation (kind, at desc);

-- What is watched: what failed among millions of stages that are done.
create index stage_failed on stage (stage, updated_at) where status = 'failed';
create index merge_conflict_waiting on merge_conflict (at) where resolved_at is null;
