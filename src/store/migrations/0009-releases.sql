-- What an editor decides about the publication of a document.
alter table document
  add column embargo_until timestamptz,
  add column licence text,
  add column retracted_at timestamptz,
  -- {"notice": for readers, "notices": {locale: the same in it}, "by": who}
  add column retraction jsonb;

-- A ZIP with all languages, by its content.
create table release_file (
  sha256 text primary key,
  document_id uuid not null references document on delete cascade,
  bytes bytea not null,
  created_at timestamptz not null default now()
);

-- What the world outside is told, in one order. A row without a number is not public yet.
create table publication (
  id uuid primary key,
  seq bigint generated always as identity,
  number bigint unique,
  kind text not null check (kind in ('bundle', 'release', 'retraction', 'reinstatement')),
  document_id uuid not null references document on delete cascade,
  revision_id uuid not null references revision on delete cascade,
  -- '' for all of them.
  locale text not null default '',
  sha256 text not null default '',
  -- Of everything that is published with it: the same again makes no second row.
  fingerprint text not null default '',
  -- As it stood then; null blocks: from before there were any.
  manifest jsonb not null default '{}',
  blocks jsonb,
  created_at timestamptz not null default now(),
  published_at timestamptz
);
create index publication_of on publication (document_id, kind, locale, seq desc);
create index publication_of_content on publication (sha256);
create index publication_waiting on publication (seq) where number is null;

-- The last number. Whoever publishes holds this row until the commit: so numbers become visible in their order.
create table publication_counter (
  one boolean primary key default true check (one),
  value bigint not null
);
insert into publication (id, number, kind, document_id, revision_id, locale, sha256, manifest, published_at)
  select gen_random_uuid(), row_number() over (order by b.created_at, b.sha256), 'bundle', r.document_id, b.revision_id,
    b.locale, b.sha256, b.manifest, b.created_at
  from (
    select distinct on (r.document_id, b.locale) b.*
    from bundle b join revision r on r.id = b.revision_id
    order by r.document_id, b.locale, r.number desc, b.created_at desc
  ) b join revision r on r.id = b.revision_id;
insert into publication_counter (value) select count(*) from publication;

-- Ed25519, PEM. Made when the first release is signed.
create table signing_key (
  one boolean primary key default true check (one),
  id text not null,
  public_key text not null,
  private_key text not null,
  created_at timestamptz not null default now()
);

create table webhook (
  id uuid primary key,
  url text not null,
  -- Every message is signed with it, so it cannot be kept as a hash.
  secret text not null,
  -- Empty: all.
  locales text[] not null default '{}',
  -- Why nothing is sent; null: it is.
  paused text,
  created_by text not null,
  created_at timestamptz not null default now()
);

create table delivery (
  webhook_id uuid not null references webhook on delete cascade,
  publication_id uuid not null references publication on delete cascade,
  document_id uuid not null,
  number bigint not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  claim uuid,
  claimed_until timestamptz,
  delivered_at timestamptz,
  primary key (webhook_id, publication_id)
);
create index delivery_open on delivery (webhook_id, document_id, number) where status = 'pending';

create table delivery_attempt (
  id bigint generated always as identity primary key,
  webhook_id uuid not null,
  publication_id uuid not null,
  at timestamptz not null default now(),
  -- Of the answer; null: there was none.
  status integer,
  ms integer not null,
  error text,
  foreign key (webhook_id, publication_id) references delivery on delete cascade
);
create index delivery_attempt_of on delivery_attempt (webhook_id, publication_id, id);
