/* SPDX-License-Identifier: Apache-2.0
 *
 * What making and putting back a backup share.
 */
#ifndef HALL_STORE_BACKUP_FILE_H
#define HALL_STORE_BACKUP_FILE_H

#include "tools/hall/store/backup.h"

#define BACKUP_FACTS "backup.json"
#define BACKUP_SUMS "SHA256SUMS"
#define BACKUP_SUMS_MAX (4u << 20)
#define BACKUP_DB "hall.db"
#define BACKUP_DUMP "hall.dump"
#define BACKUP_REPLACED "replaced-"

/* Durable under a new name, with the mode of the one it is a copy of. -ERR_NOTFOUND: that one is gone. */
int backup_copy_file(const char *from, const char *to, struct err *e);
/* The folders within `root` that the file `name` lies in. */
int backup_make_folders(const char *root, const char *name, struct err *e);

#endif
