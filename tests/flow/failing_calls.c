/* Calls to the system that fail, or kill, at a chosen count: preloaded into a process of the tests, never elsewhere.
 *
 * Counted are the calls that bring bytes and names to a disk: writes, syncs and renames, on ordinary files and folders
 * alone, so that pipes and sockets work on. Whoever makes them is reached: Python, SQLite, the C library's callers.
 * `faults_arm` says at which call, with which error and how; `faults_asked` gives how many calls there were since.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stddef.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OFF, ONCE, FROM_THEN_ON, KILL };

static atomic_int how = OFF;
static atomic_long asked;
static long at;
static int error;

void faults_arm(long at_call, int with_error, int in_what_way)
{
    at = at_call;
    error = with_error;
    atomic_store(&asked, 0);
    atomic_store(&how, in_what_way);
}

long faults_asked(void) { return atomic_load(&asked); }

/* True where this call is to fail; `first` where it is the very one that was chosen. */
static int due(int *first)
{
    int way = atomic_load(&how);
    if (way == OFF)
        return 0;
    long here = atomic_fetch_add(&asked, 1) + 1;
    *first = here == at;
    if (*first && way == KILL)
        return 1;
    return way != KILL && (here == at || (way == FROM_THEN_ON && here > at));
}

static void end_or_set(void)
{
    if (atomic_load(&how) == KILL)
        kill(getpid(), SIGKILL);
    errno = error;
}

static int on_disk(int file)
{
    struct stat status;
    int kept = errno;
    int is = atomic_load(&how) != OFF && fstat(file, &status) == 0
        && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
    errno = kept;
    return is;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) \
        real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* A write that fails gets half of its bytes to the disk first where the disk is full or the process is killed. */

typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);

ssize_t write(int file, const void *bytes, size_t size)
{
    REAL(write);
    int first;
    if (on_disk(file) && due(&first)) {
        if (first && atomic_load(&how) != ONCE && size > 1) {
            ssize_t half = real(file, bytes, size / 2);
            if (atomic_load(&how) == FROM_THEN_ON)
                return half;
        }
        end_or_set();
        return -1;
    }
    return real(file, bytes, size);
}

static ssize_t placed(pwrite_t real, int file, const void *bytes, size_t size, off_t place)
{
    int first;
    if (on_disk(file) && due(&first)) {
        if (first && atomic_load(&how) != ONCE && size > 1) {
            ssize_t half = real(file, bytes, size / 2, place);
            if (atomic_load(&how) == FROM_THEN_ON)
                return half;
        }
        end_or_set();
        return -1;
    }
    return real(file, bytes, size, place);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place)
{
    REAL(pwrite);
    return placed(real, file, bytes, size, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off_t place)
{
    REAL(pwrite64);
    return placed(real, file, bytes, size, place);
}

#define FAILING(result, name, types, names, counts) \
    result name types \
    { \
        REAL(name); \
        int first; \
        if ((counts) && due(&first)) { \
            end_or_set(); \
            return -1; \
        } \
        return real names; \
    }

FAILING(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count), on_disk(file))
FAILING(ssize_t, sendfile, (int out, int in, off_t *from, size_t size), (out, in, from, size), on_disk(out))
FAILING(ssize_t, sendfile64, (int out, int in, off_t *from, size_t size), (out, in, from, size), on_disk(out))
FAILING(int, fsync, (int file), (file), on_disk(file))
FAILING(int, fdatasync, (int file), (file), on_disk(file))
FAILING(int, syncfs, (int file), (file), on_disk(file))
FAILING(int, rename, (const char *from, const char *to), (from, to), 1)
FAILING(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), 1)
