-- Two people translated the same segment, one of them in a file: both texts stay until somebody decides.
create table merge_conflict (
  id uuid primary key,
  segment_id bigint not null references segment on delete cascade,
  locale text not null,
  return_id uuid not null references xliff_return on delete cascade,
  -- What the file's export contained; null: it went out untranslated.
  base text,
  theirs text not null,
  -- SHA-256 of `theirs`: it may be too long for an index.
  theirs_hash bytea not null,
  theirs_by text not null,
  at timestamptz not null default now(),
  resolution text check (resolution in ('current', 'theirs', 'combined')),
  resolved_by text,
  resolved_at timestamptz
);
-- A file that comes back twice makes one conflict.
create unique index merge_conflict_once on merge_conflict (segment_id, locale, theirs_hash);
create index merge_conflict_open on merge_conflict (segment_id, locale) where resolved_at is null;
