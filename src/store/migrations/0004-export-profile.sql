-- For which tools an XLIFF was written: the same segments are another file for each.
alter table xliff_export add column profile text not null default 'default';
alter table xliff_export drop constraint xliff_export_revision_id_locale_xliff_version_fingerprint_key;
alter table xliff_export add unique (revision_id, locale, xliff_version, profile, fingerprint);
