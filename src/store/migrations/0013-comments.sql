-- What people say about a segment: in one locale, or about the source for all of them (locale '').
create table comment (
  id uuid primary key,
  document_id uuid not null references document on delete cascade,
  segment_id bigint not null references segment on delete cascade,
  locale text not null default '',
  -- The comment that this one answers; null: it opens a thread.
  thread_id uuid references comment on delete cascade,
  -- Names of mentioned people are not in it, but their numbers in `comment_mention`: names change and are erased.
  -- Empty: taken back, while answers to it stay.
  text text not null,
  by_name text not null,
  at timestamptz not null default clock_timestamp(),
  edited_at timestamptz,
  resolved_at timestamptz,
  resolved_by text,
  -- SHA-256 of a note that came back in a file: it is taken once.
  note_hash bytea
);
create index comment_of on comment (segment_id, locale);
create index comment_of_document on comment (document_id, at desc);
create index comment_open on comment (at desc, id desc) where thread_id is null and resolved_at is null;
create index comment_answers on comment (thread_id) where thread_id is not null;

create table comment_mention (
  comment_id uuid not null references comment on delete cascade,
  position integer not null,
  -- Who is mentioned.
  by_name text not null,
  primary key (comment_id, position)
);
create index comment_mention_of on comment_mention (by_name);

-- Who has a segment open, in which tab of which browser. It holds nothing up, and nothing is lost with it.
create unlogged table presence (
  tab uuid primary key,
  document_id uuid not null references document on delete cascade,
  locale text not null,
  -- Null: the document is open, and no segment of it.
  segment_id bigint,
  by_name text not null,
  since timestamptz not null default now(),
  until timestamptz not null
);
create index presence_of on presence (document_id, locale);

-- Null: as the server says.
create table review_setting (
  document_id uuid primary key references document on delete cascade,
  four_eyes boolean
);

-- Approvals that were given in one step, so that one step takes them back.
create table approval_batch (
  id uuid primary key,
  revision_id uuid not null references revision on delete cascade,
  locale text not null,
  by_name text not null,
  at timestamptz not null default now(),
  undone_by text,
  undone_at timestamptz
);
create index approval_batch_of on approval_batch (revision_id, locale, at desc);

create table approval_batch_entry (
  batch_id uuid not null references approval_batch on delete cascade,
  segment_id bigint not null references segment on delete cascade,
  -- Of the approval.
  version integer not null,
  state_before text not null,
  primary key (batch_id, segment_id)
);
create index approval_batch_entry_of on approval_batch_entry (segment_id);

-- Where else a sentence is approved, when one approval of it is taken back.
create index segment_by_hash on segment using hash (hash);
