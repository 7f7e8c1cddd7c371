/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the disk log (preloaded into the terminal's programs) and the scenario player: one shared page of counters and
 * orders, and the log's format. TONGBAN_RECORD_DIR is the folder watched, TONGBAN_RECORD_LOG and TONGBAN_RECORD_PAGE the
 * two files.
 */
#ifndef SCENARIO_DISK_LOG_H
#define SCENARIO_DISK_LOG_H

#include <stdatomic.h>
#include <stdint.h>

enum disk_state { DISK_OK, DISK_FULL, DISK_IO_ERROR };

struct disk_log_page {
    _Atomic uint32_t syncs, writes;         /* counted so far, over all processes */
    _Atomic uint32_t cut_sync, cut_write;   /* the power fails at this one, before it takes effect; 0: never */
    _Atomic uint32_t own_syncs, own_writes; /* of the program with TONGBAN_RECORD_KILL, of journal and note */
    _Atomic uint32_t kill_sync, kill_write; /* at this one of its own only that program dies */
    _Atomic uint32_t cut;                   /* the power has failed */
    _Atomic uint32_t disk;                  /* enum disk_state */
    _Atomic uint32_t slow_ms;               /* each sync of a process that a program forked takes as long */
};

/* One operation: this head, the path, the data. */
enum disk_log_op {
    OP_WRITE = 'w',    /* data at offset */
    OP_TRUNCATE = 't', /* to offset */
    OP_SYNC = 's',     /* of a file's content */
    OP_SYNC_DIR = 'd', /* of a folder's names */
    OP_CREATE = 'c',
    OP_UNLINK = 'u',
    OP_RENAME = 'r', /* data: the new path */
};
struct disk_log_head {
    uint32_t op, path_len;
    uint64_t offset, data_len;
};

#endif
