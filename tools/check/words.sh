#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the lists of the hall name is told where people read it, and the compiler cannot ask: on the staff's pages, whose words
# are looked up by name (assets/strings/hall/*/console.tsv; tests/hall/staff.sh compares the two languages), and in the usage
# of hallctl case. Exit 1 when something is missing.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0
complain() { printf '%s\n' "$*"; bad=1; }

console=assets/strings/hall/zh-CN/console.tsv pages=tools/hall/staff/pages rules=tools/hall/rules
# LIST MACRO [WITH]: the word of each line; with WITH of those alone that have that further on
words() { sed -nE "s/^$2\(([A-Za-z_]+, )?\"?([a-z-]+)\"?.*${3:-}.*/\2/p" "$1"; }
# LIST WORD KEY…: the pages say it
said() {
    local key
    for key in "${@:3}"; do grep -qh "^$key	" ${console%.tsv}*.tsv || complain "$console, or one beside it: a line $key, for $2 of $1"; done
}
# LIST WORD FILE PATTERN: that file has it
named() { grep -qE -- "$4" "$3" || complain "$3: $2 of $1 is not in it"; }

while read -r w; do
    said case_event.def "$w" "ev-$w"
    case $w in *-tacit) continue ;; esac # both are `tacit`, a verb and a button of their own
    said case_event.def "$w" "do-$w" "send-$w"
    named case_event.def "$w" tools/hallctl/case.c "hallctl case $w "
    named case_event.def "$w" $pages/case.js "'$w'"
    # it is done at once, asked in the bar, or has fields on a page, of which the words have a name of their own
    grep -qE "^const (AT_ONCE|ASKED) = .*'$w'" $pages/case.js || named case_event.def "$w" $pages/form.js "\b$w\b"
    if grep -qE "\b$w'?: \[[^]]*'words'" $pages/form.js; then said case_event.def "$w" "form-words-$w"; fi
done < <(words $rules/case_event.def CASE_EVENT)
for w in $(words $rules/case_stage.def CASE_STAGE); do said case_stage.def "$w" "stage-$w"; done
for w in $(words $rules/case_stage.def CASE_STAGE 'true'); do said case_stage.def "$w" "do-$w"; done
for w in $(words $rules/case_refusal.def CASE_REFUSAL); do said case_refusal.def "$w" "why-$w"; done
for w in $(words $rules/deadline.def DEADLINE); do said deadline.def "$w" "limit-$w"; done
for w in $(words $rules/role.def ROLE); do said role.def "$w" "role-$w"; done
for w in $(sed -nE 's/^CARD\(.*, ([A-Z]+)\).*/\L\1/p' $rules/card.def | sort -u); do said card.def "$w" "card-$w"; done
for w in $(words $rules/case_procedure.def CASE_PROCEDURE); do
    said case_procedure.def "$w" "proc-$w"
    named case_procedure.def "$w" $pages/form.js "'$w'"
    named case_procedure.def "$w" tools/hallctl/case.c "\b$w\b"
done
for w in $(words tools/hall/papers/case_paper_kind.def PAPER); do
    said case_paper_kind.def "$w" "print-$w"
    named case_paper_kind.def "$w" $pages/papers.js "'$w'"
    named case_paper_kind.def "$w" tools/hallctl/case_paper.c "which paper: .*\b$w\b"
    sed -n '/"paper: /,/A4/p' tools/hallctl/case.c | grep -qw -- "$w" || complain "tools/hallctl/case.c: its usage has no paper $w"
done
for w in $(words $rules/queue_order.def QUEUE_CLASS); do said queue_order.def "$w" "class-$w"; done
for w in $(words $rules/queue_refusal.def QUEUE_REFUSAL); do said queue_refusal.def "$w" "queue-$w"; done
for w in $(words $rules/complaint_event.def COMPLAINT_EVENT); do said complaint_event.def "$w" "said-ev-$w" "said-do-$w"; done
for w in $(words $rules/complaint_stage.def COMPLAINT_STAGE); do said complaint_stage.def "$w" "said-$w"; done
for w in $(words $rules/complaint_why.def COMPLAINT_WHY); do said complaint_why.def "$w" "said-is-$w"; done
for w in $(words $rules/complaint_refusal.def COMPLAINT_REFUSAL); do said complaint_refusal.def "$w" "said-why-$w"; done
for w in $(words firmware/model/speak.def SPEAK); do said speak.def "$w" "said-kind-$w"; done
for w in $(words firmware/model/speak_about.def SPEAK_ABOUT); do said speak_about.def "$w" "said-about-$w"; done
for w in $(words tools/hall/cases/people_verb.def PEOPLE_VERB); do said people_verb.def "$w" "people-did-$w" "au-staff-$w"; done
# a figure is called on the page as in the report that is printed
while IFS='	' read -r name word; do
    for part in "fig:figure" "def:define"; do
        want=$(sed -n "s/^${part#*:}_$name	//p" assets/strings/hall/zh-CN/reports.tsv)
        grep -qxF "${part%:*}-$word	$want" assets/strings/hall/zh-CN/console-report.tsv ||
            complain "assets/strings/hall/zh-CN/console-report.tsv: ${part%:*}-$word is not \"$want\", as reports.tsv has it"
    done
done < <(sed -nE 's/^FIGURE\(([a-z_]+), "([a-z-]+)".*/\1\t\2/p' $rules/report_figure.def)
# what people read has no typewriter's quotes: ’ “ ” in English, “ ” in Chinese; a code between two words is no text
while IFS= read -r line; do
    complain "$line: write ’ or “ ”"
done < <(grep -HnP '^[^#\t][^\t]*\t.*["\x27]' assets/strings/{en,zh-CN,zh-Hant,{hall,flash,stuck}/{en,zh-CN}}/*.tsv
    grep -HnP '"[a-z_]+_en": *"[^"]*\x27|"[a-z_]+_en": *"[^"]*\\"' assets/catalog/{sample,bundles}/*.json tests/catalogues/*/*.json)
exit $bad
