/* Preloaded before libc: every fsync and fdatasync takes SLOW_FSYNC_MICROSECONDS longer, as on a slower disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

static void wait_as_a_slower_disk_does(void)
{
    const char *text = getenv("SLOW_FSYNC_MICROSECONDS");
    long microseconds = text ? atol(text) : 0;
    struct timespec left = { microseconds / 1000000, microseconds % 1000000 * 1000 };
    while (nanosleep(&left, &left) == -1 && errno == EINTR) { }
}

static int synced(const char *name, int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    wait_as_a_slower_disk_does();
    return real(file);
}

int fsync(int file) { return synced("fsync", file); }
int fdatasync(int file) { return synced("fdatasync", file); }
