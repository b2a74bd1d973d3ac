-- Created after all rows are inserted: sorting them once is faster than inserting each one in order. No query searches for a
-- unit by its identifier.
CREATE UNIQUE INDEX subsidiary_by_id ON subsidiary (id);
CREATE UNIQUE INDEX town_by_id ON town (id);
CREATE UNIQUE INDEX project_by_id ON project (id);
CREATE UNIQUE INDEX group_by_id ON product_group (id);
CREATE INDEX group_by_project ON product_group (project);
CREATE INDEX unit_by_group ON unit (grp);
CREATE UNIQUE INDEX offer_by_id ON offer (id);
CREATE UNIQUE INDEX picture_by_place ON picture (project, position);
