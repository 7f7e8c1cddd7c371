/* SPDX-License-Identifier: Apache-2.0
 *
 * Free space.
 */
#include "tools/hall/store/disk.h"

#include <stdio.h>
#include <sys/statvfs.h>

#define MB (1024u * 1024)

enum disk_state disk_judge(uint64_t free, uint64_t total)
{
    if (free < 64 * (uint64_t)MB)
        return DISK_FULL;
    return free < total / 20 && free < 2048 * (uint64_t)MB ? DISK_LOW : DISK_FINE;
}

enum disk_state disk_state(const char *dir, char *words, size_t cap)
{
    struct statvfs v;
    *words = '\0';
    if (statvfs(dir, &v))
        return DISK_FINE;
    uint64_t free = (uint64_t)v.f_bavail * v.f_frsize;
    enum disk_state state = disk_judge(free, (uint64_t)v.f_blocks * v.f_frsize);
    if (state != DISK_FINE)
        snprintf(words, cap, "the hall's disk is %s: %llu MB left. Terminals keep what it cannot take; make room",
                 state == DISK_FULL ? "full" : "nearly full", (unsigned long long)(free / MB));
    return state;
}
