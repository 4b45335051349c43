-- When a locale that an engine left unfinished (no quota, no reach) is given to it again; null: not at all.
alter table revision_locale add column retry_at timestamptz;
create index revision_locale_retry on revision_locale (retry_at) where retry_at is not null;

-- What engines cost that bill by tokens. Cost in the operator's currency; null: no price was set.
alter table engine_charge
  add column input_tokens bigint not null default 0,
  add column output_tokens bigint not null default 0,
  add column cost numeric;
