"""Parts of Danish compounds, so that "aftale" finds "indkøbsaftale" and "lov" finds "udbudsloven".

Postgres' Danish stemmer keeps a compound whole, and its dictionaries that split one are files on
the server, which a managed database refuses. `danish_parts()` is a function with a vocabulary of
our own inside it: it is immutable, so generated columns hold what it returns, and a backup brings
it along with them. Another vocabulary is another migration, which also computes the columns anew.
"""

from pathlib import Path
from string import Template

from taskforce.core.danish import spelling

VOCABULARY = Path(__file__).with_suffix(".txt")

# Makes the function with stems that only the database knows; `format` puts both lists into it.
MAKING = Template("""
DO $$make$$ DECLARE fronts text; heads text; BEGIN
  SELECT jsonb_object_agg(form, word) INTO fronts FROM (VALUES $pairs) AS known (form, word);
  SELECT jsonb_object_agg(stem, word ORDER BY length(word) DESC) INTO heads
    FROM (VALUES $words) AS known (word),
    LATERAL (SELECT (ts_lexize('danish_stem', danish_forms(word)))[1] AS stem) AS stems
    WHERE stem IS NOT NULL;
  EXECUTE format($$create$$
$function$$create$$, fronts, heads);
END $$make$$;
""")
FUNCTION = r"""CREATE OR REPLACE FUNCTION danish_parts(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
  fronts CONSTANT jsonb := %L;
  heads CONSTANT jsonb := %L;
  found text[] := '{}';
  pending text[];
  halves text[];  -- a known part and the rest, of no account where both parts are known
  is_known boolean;
  whole text;
  piece text;
  front text;
  tail text;
  first text;
  last text;
BEGIN
  FOR whole IN
    SELECT DISTINCT word
    FROM regexp_split_to_table(regexp_replace(words, '<[^>]*>', ' ', 'g'), '\W+') AS word
    WHERE length(word) BETWEEN 5 AND 60 AND word !~ '[0-9_]'
  LOOP
    pending := ARRAY[whole];
    WHILE cardinality(pending) > 0 AND cardinality(found) < 5000 LOOP
      piece := pending[1];
      halves := '{}';
      is_known := false;
      pending := pending[2:];
      FOR i IN 2 .. length(piece) - 2 LOOP
        front := substr(piece, 1, i);
        tail := substr(piece, i + 1);
        first := coalesce(
          fronts ->> front,
          CASE WHEN right(front, 1) IN ('s', 'e') THEN fronts ->> left(front, -1) END,
          CASE WHEN right(front, 2) = 'er' THEN fronts ->> left(front, -2) END);
        last := coalesce(
          fronts ->> tail, heads ->> (ts_lexize('pg_catalog.danish_stem', tail))[1]);
        IF first IS NOT NULL AND last IS NOT NULL THEN
          found := found || first || last;
          pending := pending || front || tail;
          is_known := true;
        ELSIF first IS NOT NULL AND length(first) > 3 AND length(tail) > 3 THEN
          halves := halves || first || tail;
        ELSIF last IS NOT NULL AND length(last) > 5 AND i > 3 THEN
          halves := halves || last || front;
        END IF;
      END LOOP;
      FOR i IN 1 .. cardinality(halves) BY 2 LOOP
        EXIT WHEN is_known;
        found := found || halves[i];
        pending := pending || halves[i + 1];
      END LOOP;
    END LOOP;
  END LOOP;
  RETURN array_to_string(ARRAY(SELECT DISTINCT unnest(found) ORDER BY 1), ' ');
END $function$;
"""


def vocabulary() -> dict[str, list[str]]:
    """Return each word, with the further forms that it takes in front of another word."""
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return {word: forms for word, *forms in map(str.split, lines) if word != "#"}


def function_sql() -> str:
    """Return SQL that makes `danish_parts` with today's vocabulary.

    In front of another part a word stands as it is, with an s, e or er, or in a form of its own;
    at the end it may have any ending. Beside a part that is not known, a short word does not count.
    """
    known = vocabulary()
    fronts = {spelling(form): word for word, forms in known.items() for form in (word, *forms)}
    return MAKING.substitute(
        pairs=", ".join(f"('{form}', '{word}')" for form, word in fronts.items()),
        words=", ".join(f"('{word}')" for word in known),
        function=FUNCTION,
    )


# array_to_string() is not immutable in Postgres, since of some types it would not be.
WORDS_SQL = """
CREATE FUNCTION words_of(words character varying[]) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT string_agg(word, ' ; ') FROM unnest(words) AS word);
CREATE FUNCTION file_words(path character varying) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(regexp_replace(path::text, '^.*/', ''), '_.-', '   ');
"""
DROP_WORDS_SQL = """
DROP FUNCTION words_of(character varying[]);
DROP FUNCTION file_words(character varying);
DROP FUNCTION danish_parts(text);
"""
