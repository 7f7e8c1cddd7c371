/* SPDX-License-Identifier: Apache-2.0
 *
 * Size of a patch between two catalogues, and time and memory of applying it as the terminal does, beside hashing the
 * result alone. Usage: bench-patch OLD.db NEW.db WORK
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "catalog/patch.h"
#include "tools/hallctl/catalog_patch.h"

#define LARGEST_BYTES 250000
#define LONGEST_MS 1000
#define MEMORY_KIB (16 * 1024)

static int failed(const struct err *e)
{
    fprintf(stderr, "bench-patch: %s\n", e->text);
    return 1;
}

static long status_kib(const char *key)
{
    FILE *f = fopen("/proc/self/status", "re");
    char line[200];
    long kib = 0;

    while (f && fgets(line, sizeof line, f))
        if (!strncmp(line, key, strlen(key)))
            kib = atol(line + strlen(key));
    if (f)
        fclose(f);
    return kib;
}

struct applied {
    double ms;
    long kib; /* the most it held, beyond what it held before */
    int rc;
    struct err e;
};

/* In a process of its own, as in kiosk; what it held at most is then its own. */
static int measure(const char *patch, const char *base, const char *to, const struct manifest_file *f, struct applied *ret)
{
    struct applied *a = mmap(NULL, sizeof *a, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t pid;

    if (a == MAP_FAILED)
        return 1;
    pid = fork();
    if (pid == 0) {
        long before = status_kib("VmRSS:");
        double begin = now_ms();

        a->rc = patch_apply(patch, base, to, f, &a->e);
        a->ms = now_ms() - begin;
        a->kib = status_kib("VmHWM:") - before;
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    *ret = *a;
    munmap(a, sizeof *a);
    return ret->rc < 0 ? failed(&ret->e) : 0;
}

int main(int argc, char **argv)
{
    char patch[512], to[512];
    struct manifest_file f = {0};
    struct applied a = {0};
    struct err e = {0};
    int64_t size = 0;
    uint64_t len = 0;

    if (argc != 4)
        return 2;
    snprintf(patch, sizeof patch, "%s/patch", argv[3]);
    snprintf(to, sizeof to, "%s/made.db", argv[3]);
    double begin = now_ms();
    if (patch_make(argv[1], argv[2], patch, &size, &e) < 0)
        return failed(&e);
    double made = now_ms() - begin;
    begin = now_ms();
    if (sha256_file(argv[2], f.sha256, &len, &e) < 0)
        return failed(&e);
    double hashed = now_ms() - begin;
    f.size = (int64_t)len;
    if (measure(patch, argv[1], to, &f, &a))
        return 1;
    row(size <= LARGEST_BYTES ? MET : MISSED, "patch, 50 of 20,000 items", "<= 250 kB rebuilt",
        text("%.0f kB", (double)size / 1e3), text("whole %.1f MB", (double)len / 1e6));
    row(a.ms <= LONGEST_MS ? MET : MISSED, "  apply it", "<= 1 s", text("%.0f ms", a.ms),
        text("hash alone %.0f ms", hashed));
    row(a.kib <= MEMORY_KIB ? MET : MISSED, "  memory for that", "<= 16 MB", text("%.1f MB", (double)a.kib / 1024), "");
    row(FOR_INFORMATION, "  make it", "", text("%.0f ms", made), "");
    return 0;
}
