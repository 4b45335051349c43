-- Whose break lists cut this revision: a folder of TALMACH_SEGMENTATION; empty for none.
alter table revision add column partner text not null default '';
