-- Several memories, read in the order of their priority.
create table memory (
  id integer generated always as identity primary key,
  name text not null unique,
  -- Lower is read first.
  priority integer not null default 100,
  -- Points that every match of it loses.
  penalty integer not null default 0 check (penalty between 0 and 30),
  domain text not null default '',
  -- Whether matches are looked for in it.
  active boolean not null default true,
  created_at timestamptz not null default now()
);
-- The first one takes what is approved here.
insert into memory (name, priority) values ('approved', 0);

-- Which languages there are. The keys say which locales may serve which: see `store/memory-pairs.ts`.
create table memory_pair (
  id integer generated always as identity primary key,
  source_locale text not null,
  target_locale text not null,
  source_key text not null,
  target_key text not null,
  unique (source_locale, target_locale)
);
insert into memory_pair (source_locale, target_locale, source_key, target_key)
  select distinct source_locale, target_locale, split_part(source_locale, '-', 1), target_locale from memory_unit;

-- `memory_id` and `pair_id` have no foreign keys: they would be looked up for each of a million imported units.
alter table memory_unit
  add column memory_id integer not null default 1,
  add column pair_id integer,
  -- Of both sides; null: none.
  add column codes jsonb,
  -- What else tells units of the same source apart: its neighbours, or its translation where they are not known.
  add column variant bytea not null default '',
  -- First eight bytes of the SHA-256 of the neighbours' text without codes; null: not known.
  add column previous bytea,
  add column next bytea,
  add column unit_kind text not null default '',
  add column document text not null default '',
  add column domain text not null default '',
  add column reviewed boolean not null default true,
  add column changed_at timestamptz not null default now();
update memory_unit set
  changed_at = created_at,
  pair_id = (select pair.id from memory_pair pair
    where pair.source_locale = memory_unit.source_locale and pair.target_locale = memory_unit.target_locale),
  codes = (select nullif(segment.codes, '[]') from segment where segment.id = memory_unit.segment_id);
alter table memory_unit
  alter column pair_id set not null,
  alter column memory_id drop default,
  drop constraint memory_unit_source_locale_target_locale_hash_key,
  add constraint memory_unit_once unique (pair_id, hash, memory_id, variant);
create index memory_unit_of_segment on memory_unit (segment_id) where segment_id is not null;

-- The index for similar texts (`store/memory-index.ts`): under each key (`domain/leverage-keys.ts`) the ids of units, four
-- bytes each, in runs that are only ever added or merged.
create table memory_posting (
  pair_id integer not null,
  key integer not null,
  run integer not null,
  units bytea not null,
  primary key (pair_id, key, run)
);
-- They do not compress.
alter table memory_posting alter column units set storage external;
create table memory_run (
  run integer generated always as identity primary key,
  units integer not null
);
-- Units that have been approved since the last run.
create table memory_fresh (
  pair_id integer not null,
  key integer not null,
  unit_id bigint not null
);
create index memory_fresh_of on memory_fresh (pair_id, key);
-- Units up to this one are in runs.
create table memory_indexed (
  one boolean primary key default true check (one),
  up_to bigint not null
);
insert into memory_indexed (up_to) values (0);

-- How far a file has been taken in, so that an import that broke off goes on from there.
create table memory_import (
  memory_id integer not null references memory on delete cascade,
  -- SHA-256 of the file and of what was asked for.
  file text not null,
  pairs integer not null default 0,
  done boolean not null default false,
  updated_at timestamptz not null default now(),
  primary key (memory_id, file)
);
