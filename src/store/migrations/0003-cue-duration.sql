-- Of a subtitle: {"ms": how long its cue is shown, "lead": what stands before the sentence in it}.
alter table segment add column cue jsonb;
