/* SPDX-License-Identifier: Apache-2.0
 *
 * Input devices wake the loop: pipes stand for them, as evdev nodes come, speak and go.
 */
#include "ui/input/wake.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "test.h"

static char folder[128];
static struct loop *l;
static struct wake *w;
static int woken;

static void on_wake(void *ctx)
{
    woken++;
}

static void path_of(const char *name, char out[static 192])
{
    snprintf(out, 192, "%s/%s", folder, name);
}

static int plug(const char *name) /* its writing end */
{
    char path[192];

    path_of(name, path);
    CHECK_INT(mkfifo(path, 0600), 0);
    return open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
}

static void unplug(const char *name, int fd)
{
    char path[192];

    path_of(name, path);
    close(fd);
    unlink(path);
}

/* How often it was woken by what waits. */
static int turns(void)
{
    woken = 0;
    for (int i = 0; i < 4; i++)
        loop_step(l, 0);
    return woken;
}

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/tongban-wake-XXXXXX");
    CHECK(mkdtemp(folder));
    l = loop_create();
}

static void end(void)
{
    wake_destroy(w);
    loop_destroy(l);
    rmdir(folder);
}

TEST(a_device_that_speaks_wakes)
{
    begin();
    int panel = plug("event0"), other = plug("mouse0");
    w = wake_create(l, folder, on_wake, NULL);
    CHECK_INT(wake_devices(w), 1);
    CHECK_INT(turns(), 0);
    CHECK_INT(write(panel, "touch", 5), 5);
    CHECK_INT(turns(), 1); /* once: what it said is taken */
    CHECK_INT(write(other, "touch", 5), 5);
    CHECK_INT(turns(), 0);
    unplug("event0", panel);
    unplug("mouse0", other);
    end();
}

TEST(one_that_is_plugged_in_later_wakes_at_once_and_again_a_second_later)
{
    begin();
    w = wake_create(l, folder, on_wake, NULL);
    CHECK_INT(wake_devices(w), 0);
    int panel = plug("event7");
    CHECK(turns() >= 1);
    CHECK_INT(wake_devices(w), 1);
    clock_advance(1500);
    CHECK_INT(turns(), 1);
    CHECK_INT(write(panel, "touch", 5), 5);
    CHECK_INT(turns(), 1);
    unplug("event7", panel);
    end();
}

TEST(one_that_is_pulled_out_is_forgotten_and_its_name_taken_anew)
{
    begin();
    int panel = plug("event0");
    w = wake_create(l, folder, on_wake, NULL);
    unplug("event0", panel);
    CHECK(turns() >= 1);
    CHECK_INT(wake_devices(w), 0);
    panel = plug("event0");
    turns();
    CHECK_INT(wake_devices(w), 1);
    CHECK_INT(write(panel, "touch", 5), 5);
    CHECK_INT(turns(), 1);
    unplug("event0", panel);
    end();
}

TEST(without_a_folder_it_never_wakes)
{
    begin();
    w = wake_create(l, "/nowhere", on_wake, NULL);
    CHECK_INT(wake_devices(w), 0);
    CHECK_INT(turns(), 0);
    end();
}

TEST_MAIN(T(a_device_that_speaks_wakes), T(one_that_is_plugged_in_later_wakes_at_once_and_again_a_second_later),
          T(one_that_is_pulled_out_is_forgotten_and_its_name_taken_anew), T(without_a_folder_it_never_wakes))
