/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl catalog bring|approve|rollout|pause|resume|withdraw|status|again: a signed catalogue goes to all terminals in
 * stages. The rules are the hall's (tools/hall/rules/edition.h).
 */
#ifndef HALLCTL_CATALOG_ROLLOUT_H
#define HALLCTL_CATALOG_ROLLOUT_H

#include "tools/hallctl/catalog.h"

#define CATALOG_ROLLOUT_USAGE                                                                                               \
    "hallctl catalog bring    --data DIR --office N --staff NAME --reason TEXT [--json]\n"                                  \
    "hallctl catalog approve  --data DIR --version N --office N --staff NAME --reason TEXT [--json]\n"                      \
    "hallctl catalog rollout  --data DIR --version N --office N --staff NAME --reason TEXT [--terminals ID,ID…]\n"        \
    "    [--percent N] [--at TIME] [--stop-after N] [--json]\n"                                                             \
    "hallctl catalog pause    --data DIR --version N --office N --staff NAME --reason TEXT [--json]\n"                      \
    "hallctl catalog resume   --data DIR --version N --office N --staff NAME --reason TEXT [--stop-after N] [--json]\n"     \
    "hallctl catalog withdraw --data DIR --version N --office N --staff NAME --reason TEXT [--json]\n"                      \
    "hallctl catalog status   --data DIR [--version N] [--json]\n"                                                          \
    "hallctl catalog diff OLD.db NEW.db [--html FILE] [--json]\n"                                                           \
    "hallctl catalog again FILE.db --out NEW.db --version N [--json]\n"                                                     \
    "    In place of publish, which gives it to all at once: bring takes in what is signed and staged; another person\n"    \
    "    approves it; rollout gives it to the terminals that are named, then to 1, 10 and 100 percent of all. A stage\n"    \
    "    begins when nine of ten terminals of the one before that were heard of have it; until then, and until --at, it\n"  \
    "    waits. So many refusals as --stop-after says (1, if not given) stop it by themselves; resume goes on. At 100\n"    \
    "    percent it is the catalogue of all, and can be neither paused nor withdrawn. Terminals that have a catalogue\n"    \
    "    keep it, also when it is withdrawn: what is to be undone is published anew under a higher number. again makes\n"   \
    "    that file, of any earlier one; it is signed and brought like any other. diff says in words what is new, gone "     \
    "and\n"                                                                                                                 \
    "    changed, and makes a page to sign. status says who has what; with a\n"                                             \
    "    version, of each terminal. Where the hall has accounts, who does these needs the role publisher.\n"

/* The exit code of each. */
int catalog_bring(const struct catalog_words *w);
int catalog_act(const struct catalog_words *w);
int catalog_status(const struct catalog_words *w);     /* catalog_status.c */
int catalog_difference(const struct catalog_words *w); /* catalog_diff.c */
int catalog_again(const struct catalog_words *w);      /* catalog_again.c */

#endif
