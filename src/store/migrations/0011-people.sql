-- People. Their public name is what content tables hold; how they sign in is kept in the auth_ tables alone.
create table person (
  id uuid primary key default gen_random_uuid(),
  -- The pseudonym. One that was given up is free again.
  name text not null,
  -- Made at the first start of an installation with its own database, which prints links for them.
  owner boolean not null default false,
  created_at timestamptz not null default now(),
  blocked_at timestamptz,
  -- The account is gone; what it contributed stays, unnamed.
  erased_at timestamptz
);
create unique index person_by_public_name on person (lower(name)) where erased_at is null;
create unique index person_one_owner on person (owner) where owner and erased_at is null;

create table person_grant (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person on delete cascade,
  role text not null,
  -- Empty: every locale.
  locales text[] not null default '{}',
  -- Null: every document.
  document_id uuid references document on delete cascade
);
create index person_grant_of on person_grant (person_id);

create table invitation (
  id uuid primary key,
  -- SHA-256 of the secret in the link.
  hash bytea not null unique,
  -- [{"role", "locales", "documentId"}]
  grants jsonb not null,
  -- SHA-256 of the address to which the link was sent, so that whoever keeps it has proved it.
  email_hash bytea,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Tokens and links of a person: what they may do follows the person’s grants, less what the token leaves out.
alter table access_token
  add column person_id uuid references person on delete cascade,
  -- Null: all that the person may do. The locales limit it too.
  add column scopes text[],
  add column label text not null default '',
  add column last_used_at timestamptz;
create index access_token_of on access_token (person_id);

-- What the library for signing in keeps (better-auth, through its own adapter).
create table auth_user (
  id uuid primary key references person on delete cascade,
  name text not null default '',
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth_session (
  id uuid primary key default gen_random_uuid(),
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  user_id uuid not null references auth_user on delete cascade
);
create index auth_session_of on auth_session (user_id);

create table auth_account (
  id uuid primary key default gen_random_uuid(),
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references auth_user on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index auth_account_of on auth_account (user_id);

create table auth_verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verification_of on auth_verification (identifier);

create table auth_passkey (
  id uuid primary key default gen_random_uuid(),
  name text,
  public_key text not null,
  user_id uuid not null references auth_user on delete cascade,
  credential_id text not null unique,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  created_at timestamptz default now(),
  aaguid text
);
create index auth_passkey_of on auth_passkey (user_id);

create table auth_rate_limit (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

-- What cookies and states are signed with. Made by whoever asks first.
create table auth_secret (
  one boolean primary key default true check (one),
  secret text not null,
  created_at timestamptz not null default now()
);

-- The history stays append-only, but for one thing: the name of a person who took another one, or erased themselves.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'by_name' = to_jsonb(old) - 'by_name' then
    return new;
  end if;
  raise exception 'the history of targets is append-only';
end $$;
