-- Which segments of earlier revisions a segment comes from, and what became of them on the way.
create table segment_lineage (
  segment_id bigint not null references segment on delete cascade,
  old_segment_id bigint not null references segment on delete cascade,
  -- In the order of the earlier revision, from 0: of a merged one there are several.
  position integer not null,
  fate text not null check (fate in ('unchanged', 'moved', 'edited', 'split', 'merged')),
  -- How similar the sources are, 0 to 100.
  score integer not null,
  primary key (segment_id, old_segment_id)
);
create index segment_lineage_of_old on segment_lineage (old_segment_id);

alter table revision add column created_by text not null default '';
update revision set created_by = document.created_by from document where document.id = revision.document_id;

-- Sent to an engine with a ceiling, and not yet booked in engine_charge: characters, or tokens at most.
create table engine_reservation (
  id uuid primary key,
  engine text not null,
  locale text not null,
  amount bigint not null,
  -- A process that died gives back what it held.
  until timestamptz not null
);
create index engine_charge_by_time on engine_charge (engine, at);
