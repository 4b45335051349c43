-- What an article is about, in a word of the desk's own: `police`, `courts`. Empty: not said.
alter table document add column domain text not null default '';

-- What was taken out of memories, for as long as it can be put back.
create table memory_removal (
  id uuid primary key,
  by_name text not null,
  at timestamptz not null default now()
);
create table memory_removed (
  removal_id uuid not null references memory_removal on delete cascade,
  -- Whether a run of the index has it: then it is there again under its old id.
  indexed boolean not null,
  like memory_unit
);
create index memory_removed_of on memory_removed (removal_id);
