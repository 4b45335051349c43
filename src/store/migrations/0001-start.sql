-- A document is an article; each upload of its source is a revision.
create table document (
  id uuid primary key,
  name text not null,
  format text not null,
  source_locale text not null,
  created_by text not null,
  created_at timestamptz not null default now()
);
create index document_newest on document (created_at desc, id desc);

create table revision (
  id uuid primary key,
  document_id uuid not null references document on delete cascade,
  number integer not null,
  bytes bytea not null,
  charset text,
  -- What was chosen about how it is read: which JSON paths, which CSV columns.
  settings jsonb not null default '{}',
  sha256 text not null,
  -- Empty until the source has been segmented.
  segmentation_version text not null default '',
  title text not null default '',
  words integer not null default 0,
  segments integer not null default 0,
  created_at timestamptz not null default now(),
  unique (document_id, number)
);

create table revision_locale (
  revision_id uuid not null references revision on delete cascade,
  locale text not null,
  position integer not null,
  -- One plain sentence for people: an engine paused, no engine for this pair.
  notice text,
  glossary_version text not null default '',
  primary key (revision_id, locale)
);

create table segment (
  id bigint generated always as identity primary key,
  revision_id uuid not null references revision on delete cascade,
  position integer not null,
  name text not null,
  unit_id text not null,
  unit_kind text not null,
  start_offset integer not null,
  end_offset integer not null,
  text text not null,
  codes jsonb not null,
  -- SHA-256 of the text with its codes' shapes: what exact memory matches on.
  hash bytea not null,
  unique (revision_id, position),
  unique (revision_id, name)
);

create table target (
  segment_id bigint not null references segment on delete cascade,
  locale text not null,
  text text not null,
  state text not null check (state in ('initial', 'translated', 'reviewed', 'final')),
  origin text not null check (origin in ('mt', 'tm-exact', 'tm-context', 'tm-fuzzy', 'human')),
  by_name text not null,
  version integer not null,
  -- Output of the pretend engine: never published.
  pretend boolean not null default false,
  verdicts jsonb not null default '[]',
  findings jsonb not null default '[]',
  blocked boolean not null default false,
  terms_ok integer not null default 0,
  terms_flagged integer not null default 0,
  updated_at timestamptz not null default now(),
  primary key (segment_id, locale)
);

-- Append-only: every version that ever stood, and what was done to it.
create table target_history (
  id bigint generated always as identity primary key,
  segment_id bigint not null references segment on delete cascade,
  locale text not null,
  version integer not null,
  text text not null,
  state text not null,
  origin text not null,
  by_name text not null,
  action text not null,
  note text not null default '',
  at timestamptz not null default now(),
  unique (segment_id, locale, version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the history of targets is append-only';
end $$;
create trigger target_history_is_append_only before update on target_history
  for each row execute function refuse_change();

create table waiver (
  segment_id bigint not null references segment on delete cascade,
  locale text not null,
  concept_id text not null,
  reason text not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (segment_id, locale, concept_id)
);

-- The stage ledger: what is left to do is read from here, whatever became of the queue.
create table stage (
  revision_id uuid not null references revision on delete cascade,
  -- '' for stages of the whole revision.
  locale text not null default '',
  stage text not null check (stage in ('segment', 'translate', 'export', 'bundle')),
  status text not null default 'pending' check (status in ('pending', 'claimed', 'done', 'failed')),
  claim uuid,
  claimed_until timestamptz,
  attempts integer not null default 0,
  error text,
  updated_at timestamptz not null default now(),
  primary key (revision_id, locale, stage)
);
create index stage_unfinished on stage (updated_at) where status in ('pending', 'claimed');

create table glossary (
  name text not null,
  version text not null,
  concepts jsonb not null,
  active boolean not null default true,
  imported_at timestamptz not null default now(),
  primary key (name, version)
);
create unique index glossary_one_active on glossary (name) where active;

-- The cost ledger: each answer of an engine, kept before anything else is done with it.
create table machine_translation (
  key text primary key,
  engine text not null,
  settings text not null,
  source_locale text not null,
  target_locale text not null,
  source text not null,
  target text not null,
  billed_characters integer not null,
  unknown_words text[] not null default '{}',
  received_at timestamptz not null default now()
);

create table engine_charge (
  id bigint generated always as identity primary key,
  -- Null: `talmach run`, which has no document here. A deleted document's costs stay.
  revision_id uuid references revision on delete set null,
  locale text not null,
  engine text not null,
  characters integer not null,
  at timestamptz not null default now()
);
create index engine_charge_of on engine_charge (revision_id, locale);

-- Approved pairs. Written from approved text only.
create table memory_unit (
  id bigint generated always as identity primary key,
  source_locale text not null,
  target_locale text not null,
  hash bytea not null,
  source text not null,
  target text not null,
  by_name text not null,
  segment_id bigint references segment on delete set null,
  created_at timestamptz not null default now(),
  unique (source_locale, target_locale, hash)
);

-- What each XLIFF that left us contained: the base of the three-way merge.
create table xliff_export (
  id uuid primary key,
  revision_id uuid not null references revision on delete cascade,
  locale text not null,
  xliff_version text not null,
  -- Segment name → version of its target (0: none).
  targets jsonb not null,
  fingerprint text not null,
  content text not null,
  created_at timestamptz not null default now(),
  unique (revision_id, locale, xliff_version, fingerprint)
);

-- Every file that came back, whole, with what became of it: a conflict's third text is never lost.
create table xliff_return (
  id uuid primary key,
  revision_id uuid not null references revision on delete cascade,
  locale text not null,
  by_name text not null,
  content text not null,
  report jsonb not null,
  at timestamptz not null default now()
);
create index xliff_return_of on xliff_return (revision_id, locale, at desc);

create table bundle (
  sha256 text not null,
  revision_id uuid not null references revision on delete cascade,
  locale text not null,
  bytes bytea not null,
  manifest jsonb not null,
  created_at timestamptz not null default now(),
  primary key (revision_id, locale, sha256)
);
create index bundle_by_content on bundle (sha256);

create table access_token (
  id uuid primary key,
  -- SHA-256 of the secret; the secret itself is shown once and kept nowhere.
  hash bytea not null unique,
  kind text not null check (kind in ('access', 'sign-in', 'session')),
  name text not null,
  role text not null,
  -- Empty: every locale.
  locales text[] not null default '{}',
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  used_at timestamptz
);
