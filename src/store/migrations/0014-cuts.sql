-- Where people have split a sentence, or joined two: what stood before, so that it can be taken back.
create table segment_cut (
  id uuid primary key,
  revision_id uuid not null references revision on delete cascade,
  kind text not null check (kind in ('split', 'merge')),
  -- The first part, or the joined segment.
  segment_id bigint not null references segment on delete cascade,
  -- The second part of a split; null: it was joined to the first.
  second_id bigint references segment on delete set null,
  -- Offsets in the unit: of the first as it was, and of the second.
  ranges integer[] not null,
  -- By locale: versions of the first and of the second before (0: no target), and of both after.
  versions jsonb not null,
  by_name text not null,
  at timestamptz not null default now(),
  undone_by text,
  undone_at timestamptz
);
create index segment_cut_of on segment_cut (revision_id, at desc);
