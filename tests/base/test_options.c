/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments: what options.h promises. How each program uses it: tests/tools/arguments.tsv.
 */
#include "base/options.h"

#include <fcntl.h>
#include <unistd.h>

#include "test.h"

#define WORDS 2

static struct {
    const char *data, *words[WORDS];
    bool json;
    int n;
} got;
static const struct option_word options[] = {{"--data", &got.data, NULL}, {"--json", NULL, &got.json}, {0}};
static char said[2000];

/* What went to stderr since then is in `said`. */
static int hush(void)
{
    int kept = dup(2), file = open("/tmp", O_TMPFILE | O_RDWR, 0600);

    dup2(file, 2);
    close(file);
    return kept;
}
static void listen_to(int kept)
{
    ssize_t n = pread(2, said, sizeof said - 1, 0);

    said[n > 0 ? n : 0] = '\0';
    dup2(kept, 2);
    close(kept);
}

static int read_line(const char *line)
{
    static char copy[200];
    char *argv[20];
    int argc = 0;

    memset(&got, 0, sizeof got);
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    int kept = hush(), code = options_read("tool verb", argc, argv, "", options, got.words, WORDS, &got.n);
    listen_to(kept);
    return code;
}

TEST(any_order)
{
    CHECK_INT(read_line("verb one --json two --data d"), -1);
    CHECK_STR(got.data, "d");
    CHECK_STR(got.words[1], "two");
    CHECK_INT(got.n, 2);
    CHECK(got.json);
    CHECK_INT(read_line("verb --data=a=b -"), -1);
    CHECK_STR(got.data, "a=b");
    CHECK_STR(got.words[0], "-");
    CHECK_INT(read_line("verb --data d --help --nonsense"), 0);
    CHECK_STR(said, "");
}

TEST(strictly)
{
    static const char *const wrong[][2] = {
        {"verb --data", "--data has no value"},
        {"verb --data --json", "--data has no value"},
        {"verb --data=", "--data has no value"},
        {"verb --data d --data d", "--data stands twice"},
        {"verb --json --json", "--json stands twice"},
        {"verb --json=1", "--json takes no value"},
        {"verb --dat d", "there is no option --dat here"},
        {"verb -j", "there is no option -j here"},
        {"verb one two three", "\"three\" is one word too many"},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char line[200];

        CHECK_INT(read_line(wrong[i][0]), OPTIONS_USAGE);
        snprintf(line, sizeof line, "tool: %s; see tool verb --help\n", wrong[i][1]);
        CHECK_STR(said, line);
    }
}

TEST(what_a_verb_takes)
{
    read_line("verb --data d");
    int kept = hush(), missing = options_fit("tool", options, "--json", "--data"),
        beside = options_fit("tool", options, "", "--json"), right = options_fit("tool", options, "--data", "--json");
    listen_to(kept);
    CHECK_INT(missing, OPTIONS_USAGE);
    CHECK_INT(beside, OPTIONS_USAGE);
    CHECK_INT(right, -1);
    CHECK_STR(said, "tool: --json is missing; see tool --help\ntool: --data does not belong to it; see tool --help\n");
}

TEST(values)
{
    static const char *const numbers[] = {
        "", "-1", "+1", "1a", "0x1", " 1", "4", "9223372036854775807", "99999999999999999999"};
    static const char *const days[] = {"2027-6-30", "2027-06-31", "2027.06.30", "202706301", "20270631", "tomorrow"};
    struct date d;
    int64_t n = 7;
    int kept = hush();

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        CHECK_INT(options_number("tool", "--n", numbers[i], 1, 3, &n), OPTIONS_USAGE);
    CHECK_INT(n, 7);
    CHECK_INT(options_number("tool", "--n", "03", 1, 3, &n), -1);
    CHECK_INT(n, 3);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        CHECK_INT(options_day("tool", "--day", days[i], &d), OPTIONS_USAGE);
    CHECK_INT(options_day("tool", "--day", "2027-06-30", &d), -1);
    CHECK_INT(d.day, 30);
    CHECK_INT(options_day("tool", "--day", "20270630", &d), -1);
    CHECK_INT(options_time("tool", "--at", "noon", &n), OPTIONS_USAGE);
    CHECK_INT(options_time("tool", "--at", "1970-01-01T08:00:01+08:00", &n), -1);
    CHECK_INT(n, 1000);
    listen_to(kept);
}

TEST(the_clock)
{
    char *line[] = {"tool", "--clock", "2026-01-05T09:00:00+08:00", "verb"};
    char **argv = line;
    int argc = 4;
    bool moved;

    CHECK_INT(options_clock("tool", &argc, &argv, &moved), -1);
    CHECK(moved);
    CHECK_INT(argc, 2);
    CHECK_STR(argv[1], "verb");
    CHECK_INT(options_clock("tool", &argc, &argv, &moved), -1);
    CHECK(!moved);
    CHECK(date_of_ms(clock_wall_ms()).year == 2026);
}

TEST_MAIN(T(any_order), T(strictly), T(what_a_verb_takes), T(values), T(the_clock))
