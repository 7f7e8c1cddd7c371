#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A list is turned page by page with (due, number) > (last due, last number), along an index on both: SQLite 3.49.1 (npm sql.js
# 1.13.0; 3.40.1 of Debian 12 does the same) goes straight to the place. With any plain bound on the first column beside it, "due > 0"
# for what is due at all, or even "due >= last due", which says nothing new, the plan seeks by that bound alone and walks all
# rows from there: the later the page, the longer it takes. A clerk who turned to a late page of a million cases waited for 120 ms
# where 1 is enough. https://sqlite.org/rowvalue.html, "Scrolling Window Queries", recommends the first form and names no such limit.
#
# Seen: the plan with both columns in the first line, with due alone in the others, as below
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --no-audit --no-fund --ignore-scripts --loglevel=error sql.js@1.13.0 >/dev/null
cat >plan.js <<'JS'
require("sql.js")().then((SQL) => {
    const db = new SQL.Database();
    db.run("CREATE TABLE cases (office INTEGER NOT NULL, number TEXT NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (office, number))");
    db.run("CREATE INDEX cases_due ON cases (office, due, number)");
    db.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        + " INSERT INTO cases SELECT 1103, printf('%06d', i), 1 + i / 100 FROM n");
    db.run("ANALYZE");
    console.log("SQLite", db.exec("SELECT sqlite_version()")[0].values[0][0]);
    const pages = new Set();
    for (const beside of ["", "due > 0 AND ", "due >= 190 AND "]) {
        const page = `SELECT number FROM cases WHERE office = 1103 AND ${beside}(due, number) > (190, '018950') ORDER BY due, number LIMIT 3`;
        console.log(db.exec(`EXPLAIN QUERY PLAN ${page}`)[0].values.map((row) => row[3]).join("; "));
        pages.add(JSON.stringify(db.exec(page)[0].values));
    }
    console.log(pages.size, "answer:", ...pages);
});
JS
node plan.js | tee seen
diff seen - <<'TXT' || { echo "another behaviour than the one described" >&2; exit 1; }
SQLite 3.49.1
SEARCH cases USING COVERING INDEX cases_due (office=? AND (due,number)>(?,?))
SEARCH cases USING COVERING INDEX cases_due (office=? AND due>?)
SEARCH cases USING COVERING INDEX cases_due (office=? AND due>?)
1 answer: [["018951"],["018952"],["018953"]]
TXT
