-- The newest of what is public, for feeds, without a look at all that ever was.
create index publication_bundles on publication (number desc) where kind = 'bundle' and number is not null;
create index document_retracted on document (retracted_at desc) where retracted_at is not null;

-- Deliveries of a webhook by number, and how many have failed.
create index delivery_newest on delivery (webhook_id, number desc);
create index delivery_failed on delivery (webhook_id) where status = 'failed';

-- What people said in a period, for reports.
create index comment_at on comment (at);
