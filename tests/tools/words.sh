#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tools/check/words.sh finds what a list of the hall names and people would miss: in a copy, one line taken out at a time, or
# one added to a list. Usage: words.sh [BUILD]
set -u
cd "$(dirname "$0")/../.." || exit 2
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
cp -r --parents tools/check tools/hall/rules tools/hall/papers tools/hall/staff/pages tools/hallctl assets/strings/hall "$dir"
console=assets/strings/hall/zh-CN/console.tsv rules=tools/hall/rules

# NAME WANTED-STATUS WORDS: the check ends so, and says that
expect() {
    local out status
    out=$("$dir/tools/check/words.sh" 2>&1)
    status=$?
    if [ $status -eq "$2" ] && [[ $out == *"$3"* ]]; then
        echo "ok $1"
    else
        printf '# status %s: %s\n' $status "$out"
        echo "not ok $1"
    fi
}
# NAME FILE SED WORDS: with that file so edited it complains, in those words
asked() {
    cp "$dir/$2" "$dir/kept"
    sed -i "$3" "$dir/$2"
    if cmp -s "$dir/$2" "$dir/kept"; then echo "not ok $1: nothing was edited"; else expect "$1" 1 "$4"; fi
    mv "$dir/kept" "$dir/$2"
}

expect lists_as_they_are 0 ""
asked event_on_the_pages $console '/^ev-examine\t/d' "a line ev-examine, for examine of case_event.def"
asked button_of_an_event $console '/^do-refuse\t/d' "a line do-refuse,"
asked place_of_a_button tools/hall/staff/pages/case.js "s/'withdraw', //" "pages/case.js: withdraw of case_event.def"
asked usage_of_an_event tools/hallctl/case.c '/hallctl case deliver /d' "case.c: deliver of case_event.def"
asked fields_of_an_event tools/hall/staff/pages/form.js "s/resume: \['words'\], //" "pages/form.js: resume of case_event.def"
asked name_of_its_words $console '/^form-words-resume\t/d' "a line form-words-resume,"
asked one_more_event $rules/case_event.def '$aCASE_EVENT(HEAR, "hear", IN(ACCEPTED), STAY, SAYS_WORDS, "heard")' "for hear of case_event.def"
asked one_more_stage $rules/case_stage.def '$aCASE_STAGE(HEARD, "heard", true)' "a line do-heard,"
asked one_more_refusal $rules/case_refusal.def '$aCASE_REFUSAL(TIRED, "tired", "it is late", "go home")' "a line why-tired,"
asked one_more_limit $rules/deadline.def '$aDEADLINE(SUPPLY, "supply", deadline_supply)' "a line limit-supply,"
asked one_more_role $rules/role.def '$aROLE(JUDGE, "judge", true)' "a line role-judge,"
asked one_more_level_of_cards $rules/card.def '$aCARD("promise-later", PROMISE, OVER, BLACK)' "a line card-black,"
asked one_more_procedure $rules/case_procedure.def '$aCASE_PROCEDURE(prayer)' "pages/form.js: prayer"
asked one_more_paper tools/hall/papers/case_paper_kind.def '$aPAPER(withdrawal, "withdrawal", CASE_EVENT_WITHDRAW, CASE_EVENT_WITHDRAW)' \
    "a line print-withdrawal,"
asked usage_of_a_paper tools/hallctl/case.c 's/refusal or decision/refusal/' "has no paper decision"
asked one_more_refusal_of_queues $rules/queue_refusal.def '$aQUEUE_REFUSAL(TEA, "tea", "it is tea time", "wait")' "a line queue-tea,"
