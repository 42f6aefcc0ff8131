"""Print how many mutants of each module the tests killed, and fail under nine in ten.

`make mutants` runs mutmut, which changes one thing at a time and runs the tests that reach it; what
it found lies in mutants/. `mutmut show NAME` prints a mutant that survived.
"""

import json
import sys
from pathlib import Path

FOLDER = Path("mutants")
LEAST = 90  # percent, of each module
SURVIVED = {None, 0, 5, 33}  # not run, passed, and no test that reaches it


def main() -> None:
    shares = []
    for path in sorted(FOLDER.rglob("*.meta")):
        codes = json.loads(path.read_text())["exit_code_by_key"]
        survivors = [name for name, code in codes.items() if code in SURVIVED]
        shares.append(100 * (len(codes) - len(survivors)) / len(codes))
        module = path.relative_to(FOLDER).with_suffix("")
        print(f"{module!s:34} {len(codes):4} mutants, {shares[-1]:5.1f} % killed")
        print("".join(f"    survived: {name}\n" for name in survivors), end="")
    if not shares or min(shares) < LEAST:
        sys.exit(f"Fewer than {LEAST} % of the mutants of a module were killed.")


if __name__ == "__main__":
    main()
