/* SPDX-License-Identifier: Apache-2.0
 *
 * mount(8) and umount(8): a file system of FAT as a folder.
 */
#ifndef INSTALL_MOUNT_H
#define INSTALL_MOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* `what`: a device, or a file of which it is `len` bytes from `at` on (len 0: all of a device). The folder is made. */
int mount_fat(const char *what, uint64_t at, uint64_t len, bool to_write, const char *folder, struct err *e);
void mount_end(const char *folder);

#endif
