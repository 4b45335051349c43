-- Units in which people have cut: where the rules had cut them. A later revision has the same cuts where its text is
-- the same.
create table cut_unit (
  revision_id uuid not null references revision on delete cascade,
  unit_id text not null,
  -- Start, end, start, end … of the segments as the rules gave them: offsets in the unit.
  ranges integer[] not null,
  primary key (revision_id, unit_id)
);

-- For cuts made before this: what stands, with each cut taken back in turn, the last one first.
insert into cut_unit (revision_id, unit_id, ranges)
select s.revision_id, s.unit_id,
  (select array_agg(edge order by s2.position, edge)
    from segment s2, lateral (values (s2.start_offset), (s2.end_offset)) as edges(edge)
    where s2.revision_id = s.revision_id and s2.unit_id = s.unit_id)
from segment s join segment_cut c on c.segment_id = s.id
group by s.revision_id, s.unit_id;

do $$
declare
  cut record;
  now_at integer[];
  place integer;
begin
  for cut in
    select c.kind, c.ranges, s.revision_id, s.unit_id
    from segment_cut c join segment s on s.id = c.segment_id order by c.at desc
  loop
    select ranges into now_at from cut_unit u
      where u.revision_id = cut.revision_id and u.unit_id = cut.unit_id;
    for place in select generate_series(1, cardinality(now_at) - 1, 2) loop
      if cut.kind = 'split' and now_at[place:place + 3] = cut.ranges then
        now_at := now_at[:place] || now_at[place + 3:];
        exit;
      elsif cut.kind = 'merge' and now_at[place] = cut.ranges[1] and now_at[place + 1] = cut.ranges[4] then
        now_at := now_at[:place - 1] || cut.ranges || now_at[place + 2:];
        exit;
      end if;
    end loop;
    update cut_unit set ranges = now_at where revision_id = cut.revision_id and unit_id = cut.unit_id;
  end loop;
end $$;
