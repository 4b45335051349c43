-- Who works on what and until when, what is urgent, and a board that a hundred thousand documents do not slow down.
create extension if not exists pg_trgm;

alter table document
  add column priority text not null default 'normal' check (priority in ('breaking', 'high', 'normal')),
  add column deadline timestamptz;

-- Where a language is due at another time than its document.
create table locale_deadline (
  document_id uuid not null references document on delete cascade,
  locale text not null,
  deadline timestamptz not null,
  primary key (document_id, locale)
);

-- 1 breaking, 2 high, 3 normal: the document's, kept beside what is to be done so that it can be sorted by it.
alter table stage add column urgency smallint not null default 3;
drop index stage_unfinished;
create index stage_unfinished on stage (urgency, updated_at) where status in ('pending', 'claimed');

create table assignment (
  id uuid primary key,
  document_id uuid not null references document on delete cascade,
  locale text not null,
  role text not null check (role in ('translator', 'editor')),
  held_by text not null,
  -- The same person: they took it themselves.
  assigned_by text not null,
  note text not null default '',
  lease_seconds integer not null,
  lease_until timestamptz not null,
  -- The lease has run out and nobody has taken over: their next saved sentence brings it back.
  lapsed boolean not null default false,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by text,
  ending text check (ending in ('handed-back', 'taken-over', 'reassigned', 'finished')),
  ending_note text not null default '',
  check ((ended_at is null) = (ending is null))
);
create unique index assignment_held on assignment (document_id, locale, role) where ended_at is null;
create index assignment_of_person on assignment (held_by, document_id) where ended_at is null;
create index assignment_lease on assignment (lease_until) where ended_at is null and not lapsed;
create index assignment_of_document on assignment (document_id, created_at desc);

-- Work renews a lease: whatever way a person's text comes in, it leaves a line in the history.
create function renew_assignments() returns trigger language plpgsql as $$
begin
  update assignment a set lease_until = now() + make_interval(secs => a.lease_seconds), lapsed = false
  from (
    select distinct r.document_id, n.locale, n.by_name
    from changed n join segment s on s.id = n.segment_id join revision r on r.id = s.revision_id
  ) work
  where a.document_id = work.document_id and a.locale = work.locale and a.held_by = work.by_name
    and a.ended_at is null
    -- Not with every sentence: near enough is a twentieth.
    and (a.lapsed or a.lease_until < now() + make_interval(secs => a.lease_seconds * 0.95));
  return null;
end $$;
create trigger target_history_renews after insert on target_history
  referencing new table as changed for each statement execute function renew_assignments();

-- One row a document: what the desk shows of it and what it can be found by. Derived; can be deleted and made again.
create sequence board_seq;
create table board (
  document_id uuid primary key references document on delete cascade,
  revision_id uuid not null,
  -- Grows with each change: what a reader has not seen yet.
  seq bigint not null,
  -- 1: nothing is left to do in any language.
  done smallint not null,
  urgency smallint not null,
  -- Milliseconds since 1970; of the first deadline that is still open.
  due_ms bigint not null,
  -- Microseconds before 1970 (so negative): the newest first in ascending order.
  age_us bigint not null,
  search text not null,
  -- What languages can be found by, one object each.
  cells jsonb not null,
  summary jsonb not null
);
create index board_urgent on board (done, urgency, due_ms, age_us, document_id);
create index board_newest on board (age_us, document_id);
create index board_due on board (due_ms) where done = 0;
create index board_seq_of on board (seq);
create index board_cells on board using gin (cells jsonb_path_ops);
create index board_search on board using gin (search gin_trgm_ops);

-- What of the board is to be derived again: '' the whole document, '-' all but what is counted in its languages.
-- Only ever added to by those who change something, so that nobody waits for anybody else.
create table board_dirty (
  id bigint generated always as identity primary key,
  document_id uuid not null,
  locale text not null
);
create index board_dirty_of on board_dirty (document_id);

create function mark_board_segments() returns trigger language plpgsql as $$
begin
  insert into board_dirty (document_id, locale)
  select distinct r.document_id, n.locale
  from changed n join segment s on s.id = n.segment_id join revision r on r.id = s.revision_id;
  return null;
end $$;
create trigger target_insert_marks after insert on target
  referencing new table as changed for each statement execute function mark_board_segments();
create trigger target_update_marks after update on target
  referencing new table as changed for each statement execute function mark_board_segments();
create trigger target_delete_marks after delete on target
  referencing old table as changed for each statement execute function mark_board_segments();
create trigger merge_conflict_insert_marks after insert on merge_conflict
  referencing new table as changed for each statement execute function mark_board_segments();
create trigger merge_conflict_update_marks after update on merge_conflict
  referencing new table as changed for each statement execute function mark_board_segments();

create function mark_board_locales() returns trigger language plpgsql as $$
begin
  insert into board_dirty (document_id, locale)
  select distinct r.document_id, n.locale from changed n join revision r on r.id = n.revision_id;
  return null;
end $$;
create trigger bundle_marks after insert on bundle
  referencing new table as changed for each statement execute function mark_board_locales();
create trigger revision_locale_insert_marks after insert on revision_locale
  referencing new table as changed for each statement execute function mark_board_locales();
create trigger revision_locale_update_marks after update on revision_locale
  referencing new table as changed for each statement execute function mark_board_locales();

-- A stage that begins or ends is told to whoever listens: so new documents show up by themselves.
create function mark_board_new_stages() returns trigger language plpgsql as $$
declare marked uuid;
begin
  for marked in
    with made as (
      insert into board_dirty (document_id, locale)
      select distinct r.document_id, n.locale from changed n join revision r on r.id = n.revision_id
      returning document_id
    ) select distinct document_id from made
  loop
    perform pg_notify('talmach_document', marked::text);
  end loop;
  return null;
end $$;
create trigger stage_insert_marks after insert on stage
  referencing new table as changed for each statement execute function mark_board_new_stages();

create function mark_board_stages() returns trigger language plpgsql as $$
declare marked uuid;
begin
  for marked in
    with made as (
      insert into board_dirty (document_id, locale)
      select distinct r.document_id, n.locale
      from changed n
      join before o on o.revision_id = n.revision_id and o.locale = n.locale and o.stage = n.stage
      join revision r on r.id = n.revision_id
      where o.status <> n.status
      returning document_id
    ) select distinct document_id from made
  loop
    perform pg_notify('talmach_document', marked::text);
  end loop;
  return null;
end $$;
create trigger stage_update_marks after update on stage
  referencing old table as before new table as changed for each statement execute function mark_board_stages();

create function mark_board_revision() returns trigger language plpgsql as $$
begin
  insert into board_dirty (document_id, locale) select distinct document_id, '' from changed;
  return null;
end $$;
create trigger revision_insert_marks after insert on revision
  referencing new table as changed for each statement execute function mark_board_revision();
create trigger revision_update_marks after update on revision
  referencing new table as changed for each statement execute function mark_board_revision();

create function mark_board_document() returns trigger language plpgsql as $$
begin
  insert into board_dirty (document_id, locale) select id, '-' from changed;
  return null;
end $$;
create trigger document_update_marks after update on document
  referencing new table as changed for each statement execute function mark_board_document();

create function mark_board_frame() returns trigger language plpgsql as $$
begin
  insert into board_dirty (document_id, locale) select distinct document_id, '-' from changed;
  return null;
end $$;
create trigger locale_deadline_insert_marks after insert on locale_deadline
  referencing new table as changed for each statement execute function mark_board_frame();
create trigger locale_deadline_update_marks after update on locale_deadline
  referencing new table as changed for each statement execute function mark_board_frame();
create trigger locale_deadline_delete_marks after delete on locale_deadline
  referencing old table as changed for each statement execute function mark_board_frame();
create trigger assignment_insert_marks after insert on assignment
  referencing new table as changed for each statement execute function mark_board_frame();
create trigger assignment_update_marks after update on assignment
  referencing new table as changed for each statement execute function mark_board_frame();
create trigger assignment_delete_marks after delete on assignment
  referencing old table as changed for each statement execute function mark_board_frame();

insert into board_dirty (document_id, locale) select id, '' from document;
