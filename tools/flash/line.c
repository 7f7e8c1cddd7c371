/* SPDX-License-Identifier: Apache-2.0
 *
 * --line: a hundred in a morning.
 */
#include "tools/flash/flash.h"

int flash_line(struct flash *f)
{
    return EXIT_USAGE;
}
