-- Words of the source, counted when it is cut; null: from before they were counted.
alter table segment add column words integer;

-- A new revision takes the history of an unchanged sentence along. What was done is to be counted once, where it was done.
alter table target_history add column copied boolean not null default false;
alter table target_history disable trigger target_history_is_append_only;
update target_history set copied = true from segment, revision
  where segment.id = target_history.segment_id and revision.id = segment.revision_id
    and target_history.at < revision.created_at;
alter table target_history enable trigger target_history_is_append_only;

-- For reports on a period. Many rows share their time, which makes these small.
create index target_history_by_time on target_history (at) where not copied;
create index engine_charge_at on engine_charge (at);
create index publication_finished on publication (created_at);
create index publication_published on publication (published_at);
create index concept_change_at on concept_change (at);
