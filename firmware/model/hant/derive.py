#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Writes hant.tsv (characters and words, simplified and traditional) and hans.tsv (characters, the way back) from the
# dictionaries of Debian's opencc and from words.tsv, and by hant.tsv assets/strings/zh-Hant. `derive.py --check` writes
# nothing, and fails when a file is not what would be written; without opencc it looks at the strings alone.
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
STRINGS = HERE.parents[2] / "assets/strings"
DICTIONARIES = "/usr/share/opencc/%s.ocd2"


def dictionary(name):
    with tempfile.NamedTemporaryFile() as out:
        subprocess.run(["opencc_dict", "-f", "ocd2", "-t", "text", "-i", DICTIONARIES % name, "-o", out.name], check=True,
                       stdout=subprocess.DEVNULL)
        lines = pathlib.Path(out.name).read_text("utf-8").splitlines()
    return {key: values.split(" ")[0] for key, values in (line.split("\t") for line in lines)}


def pairs(path):
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def convert(text, table, longest):
    out, i = [], 0
    while i < len(text):
        n = next((n for n in range(min(longest, len(text) - i), 0, -1) if text[i:i + n] in table), 0)
        out.append(table[text[i:i + n]] if n else text[i])
        i += n or 1
    return "".join(out)


def forms(text, chosen):
    return "".join(chosen.get(c, c) for c in text)


# Words that the shorter ones and the characters say already are left out.
def derive():
    own = dict(pairs(HERE / "words.tsv"))
    chosen = {**dictionary("TWVariants"), **{c: to for c, to in own.items() if len(c) == 1}}
    characters = {key: forms(to, chosen) for key, to in dictionary("STCharacters").items()}
    words = {key: forms(to, chosen) for key, to in dictionary("STPhrases").items()}
    table = {**characters, **{c: to for c, to in own.items() if len(c) == 1}}
    for key in sorted(words, key=lambda key: (len(key), key)):
        if convert(key, table, len(key)) != words[key]:
            table[key] = words[key]
    table = {key: to for key, to in {**table, **own}.items() if len(key) > 1 or key != to}
    # as many bytes: what points into a text, as the part that was searched for, still does
    return {key: to for key, to in table.items() if len(to.encode()) == len(key.encode())}


def is_common(c):
    try:
        return len(c.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


# A character that simplified Chinese has too stays, but where it is nearly always meant as the other one.
def stays(c):
    return c >= "一" and is_common(c) and c not in "後於乾徵"


# Of several the common one, and that of the shortest word.
def way_back(table):
    found = [(s, t) for key, to in sorted(table.items(), key=lambda pair: (len(pair[0]), pair[0])) for s, t in zip(key, to)]
    back = {}
    for simplified, traditional in sorted(found, key=lambda pair: not is_common(pair[0])):
        if simplified != traditional and not stays(traditional) and len(simplified.encode()) == len(traditional.encode()):
            back.setdefault(traditional, simplified)
    return back


def lines(table):
    return "".join("%s\t%s\n" % pair for pair in sorted(table.items(), key=lambda pair: pair[0].encode()))


def strings(path, table):
    longest = max(map(len, table))
    out = []
    for line in path.read_text("utf-8").splitlines(keepends=True):
        key, tab, text = line.partition("\t")
        out.append(line if line.startswith("#") or not tab else key + tab + convert(text, table, longest))
    return "".join(out)


def main():
    check = sys.argv[1:] == ["--check"]
    if check and not shutil.which("opencc_dict"):
        table, files = dict(pairs(HERE / "hant.tsv")), {}
    else:
        table = derive()
        files = {HERE / "hant.tsv": lines(table), HERE / "hans.tsv": lines(way_back(table))}
    for path in sorted((STRINGS / "zh-CN").glob("*.tsv")):
        text = path.read_text("utf-8")
        if not text.startswith("#!"):  # a group that stands in Chinese in every language
            files[STRINGS / "zh-Hant" / path.name] = strings(path, table)
    other = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    if check:
        for path in other:
            print("%s is not what %s writes: run it" % (path.relative_to(HERE.parents[2]), "firmware/model/hant/derive.py"))
        return 1 if other else 0
    for path in other:
        path.write_text(files[path], "utf-8")
    return 0


sys.exit(main())
