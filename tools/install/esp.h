/* SPDX-License-Identifier: Apache-2.0
 *
 * The boot partition of a machine that has a system already: the new kernel is put beside the old one, whole and read back,
 * before it gets a name under which it is started, and the old one keeps its own. Works on two folders, so that it is tested
 * without a file system of FAT.
 */
#ifndef INSTALL_ESP_H
#define INSTALL_ESP_H

#include "base/err.h"

/* Copies what the image's boot partition holds, under names that nothing starts, and syncs. Nothing of `to` is another. */
int esp_put(const char *from, const char *to, struct err *e);
/* Whether it reads back as it was put. -ERR_CHECKSUM. */
int esp_compare(const char *from, const char *to, struct err *e);
/* Gives the names: from here on the new system is what starts. A kernel's name tells the slot that it is for
 * (tongban-a-1.5.0+3.efi): the new one is named for `slot`, older ones of that slot go, and all others stay, behind the new
 * one until it has proved itself. */
int esp_finish(const char *from, const char *to, char slot, struct err *e);

#endif
