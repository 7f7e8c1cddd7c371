/* SPDX-License-Identifier: Apache-2.0
 *
 * How much room the hall's disk has. Low: less than a twentieth and less than 2 GB; full: less than 64 MB, which is what the
 * write-ahead log and a catalogue's head may need at once.
 */
#ifndef HALL_DISK_H
#define HALL_DISK_H

#include <stddef.h>
#include <stdint.h>

enum disk_state { DISK_FINE, DISK_LOW, DISK_FULL };

enum disk_state disk_judge(uint64_t free, uint64_t total);
/* Of the disk that holds `dir`, with words for staff ("" when fine); fine when it cannot be asked. */
enum disk_state disk_state(const char *dir, char *words, size_t cap);

#endif
