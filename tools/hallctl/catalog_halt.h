/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl catalog off|on|halts: one item is taken off everywhere within seconds, without an edition of the catalogue, and
 * brought back. The rules are the hall's (tools/hall/rules/halt.h).
 */
#ifndef HALLCTL_CATALOG_HALT_H
#define HALLCTL_CATALOG_HALT_H

#include "tools/hallctl/catalog.h"

#define CATALOG_HALT_USAGE                                                                                                    \
    "hallctl catalog off ITEM --data DIR --office N --staff NAME --reason TEXT --zh TEXT [--en TEXT] [--json]\n"              \
    "hallctl catalog on  ITEM --data DIR --office N --staff NAME --reason TEXT [--json]\n"                                    \
    "hallctl catalog halts --data DIR [--item ITEM] [--json]\n"                                                               \
    "    off takes one item, named by its task_code, off all terminals: those with a line to the hall have it within\n"       \
    "    seconds, the others as soon as they have one. It is still shown and can be read; nobody can apply for it there.\n"   \
    "    --reason is for colleagues; --zh, and --en, are what residents read of why, behind \"暂停办理\". It stays off\n" \
    "    until on brings it back, or a catalogue has the item with a higher task_version. halts says what is off and how\n"   \
    "    many terminals go by it; with an item, of each terminal.\n"

/* The exit code of each. */
int catalog_halt(const struct catalog_words *w);
int catalog_halts(const struct catalog_words *w);

#endif
