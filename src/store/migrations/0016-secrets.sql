-- Of several signing keys one signs. Of a retired one the public half stays, for what it has signed; its private half
-- goes. Private halves and webhooks' secrets are sealed by the program with a key that is not in the database.
alter table signing_key drop column one;
alter table signing_key add primary key (id);
alter table signing_key alter column private_key drop not null;
alter table signing_key add column retired_at timestamptz;
create unique index signing_key_in_use on signing_key ((true)) where retired_at is null;

-- While a receiver changes over, messages are signed with both.
alter table webhook
  add column old_secret text,
  add column old_secret_until timestamptz;

-- What an editor tells readers about a correction. It stands with what is approved of its revision and of later ones.
create table correction (
  id uuid primary key,
  document_id uuid not null references document on delete cascade,
  revision_id uuid not null references revision on delete cascade,
  note text not null,
  -- {locale: the same in it}
  notes jsonb not null default '{}',
  by_name text not null,
  at timestamptz not null default clock_timestamp()
);
create index correction_of on correction (document_id, at);

-- Whatever changes what readers get is told to all processes when it is committed (see http/shelf.ts).
create function tell_publication() returns trigger language plpgsql as $$
begin
  perform pg_notify('talmach_publication', '');
  return null;
end $$;
create trigger publication_told after insert or update or delete or truncate on publication
  for each statement execute function tell_publication();
create trigger publication_told after update of retracted_at, retraction or delete on document
  for each statement execute function tell_publication();
create trigger publication_told after update of hash, role, locales, expires_at or delete on access_token
  for each statement execute function tell_publication();
