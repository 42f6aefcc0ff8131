"""A barrier that nobody chose has no rank; before, all of them shared the last one."""

from django.db import migrations

NO_RANK = """
UPDATE barriers_barrier SET rank = NULL, points = NULL WHERE points = 0;

-- Where the last round had nothing but blank ballots, the one before it ranks again.
WITH latest AS (
  SELECT r.id FROM barriers_prioritisationround r
  WHERE r.closed_at IS NOT NULL
    AND EXISTS (SELECT FROM barriers_roundresult x WHERE x.round_id = r.id AND x.points > 0)
  ORDER BY r.closed_at DESC, r.id DESC LIMIT 1
), best AS (
  SELECT DISTINCT ON (1) COALESCE(b.merged_into_id, b.id) AS id, x.rank, x.points
  FROM barriers_roundresult x
  JOIN latest ON latest.id = x.round_id
  JOIN barriers_barrier b ON b.id = x.barrier_id
  WHERE x.points > 0
  ORDER BY 1, x.rank
)
UPDATE barriers_barrier b SET rank = best.rank, points = best.points FROM best WHERE b.id = best.id;
"""


class Migration(migrations.Migration):
    dependencies = [("barriers", "0003_rounds_can_be_void")]

    # The way back has nothing to do: results keep the rank that was counted.
    operations = [migrations.RunSQL(NO_RANK, migrations.RunSQL.noop)]
