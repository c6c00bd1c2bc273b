/* A machine whose power goes: LD_PRELOAD this and every change below POWERLOSS_ROOT is noted in a journal before it
 * is made, so that what no fsync has promised can be undone after the kill (see powerloss.py). POSIX at its strictest:
 * bytes are safe after an fsync of their file, names after an fsync of their folder.
 *
 * One journal a process, as lines: order kind inode [numbers] [path], for W followed by the old bytes.
 *   W write over old bytes   T size before a growth or cut   S fsync of a file or folder
 *   C new file   D new folder   R renamed (then the old name in its line of its own)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *root, *notes;
static unsigned long *order; /* shared by all processes */
static int journal = -1;
static pid_t owner;
#define REAL(name, type, ...) static type (*real)(__VA_ARGS__); if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
    char path[PATH_MAX];
    root = getenv("POWERLOSS_ROOT"), notes = getenv("POWERLOSS_NOTES");
    if (!root || !notes) return;
    snprintf(path, sizeof path, "%s/order", notes);
    int file = open(path, O_RDWR | O_CLOEXEC);
    void *page = file < 0 ? MAP_FAILED : mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) order = page;
}

static unsigned long next(void) { return __atomic_add_fetch(order, 1, __ATOMIC_SEQ_CST); }

static void note(unsigned long at, char kind, unsigned long inode, long a, long b, const char *path, const void *old) {
    REAL("open64", int, const char *, int, ...);
    char line[PATH_MAX + 120];
    if (owner != getpid()) {
        snprintf(line, sizeof line, "%s/%d-%lu", notes, getpid(), at);
        journal = real(line, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), owner = getpid();
    }
    int length = snprintf(line, sizeof line, "%lu %c %lu %ld %ld %s\n", at, kind, inode, a, b, path);
    struct iovec parts[2] = {{line, length}, {(void *)old, old ? b : 0}};
    if (writev(journal, parts, 2) < 0) abort();
}

static int ours(const char *path) { return order && !strncmp(path, root, strlen(root)); }

static int whose(int fd, struct stat *status, char *path) { /* the path of an open file below the root */
    char link[40];
    if (!order || fstat(fd, status) || !(S_ISREG(status->st_mode) || S_ISDIR(status->st_mode))) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return ours(path);
}

static void before(int fd, long offset, long count) { /* a write of so many bytes is about to happen */
    struct stat status; char path[PATH_MAX];
    if (!whose(fd, &status, path) || strstr(path, "-shm")) return;
    if (offset < 0) offset = fcntl(fd, F_GETFL) & O_APPEND ? status.st_size : lseek(fd, 0, SEEK_CUR);
    long over = status.st_size - offset < count ? status.st_size - offset : count;
    if (over > 0) {
        char link[40], *old = malloc(over);
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        int reader = open(link, O_RDONLY | O_CLOEXEC);
        over = old && reader >= 0 ? pread(reader, old, over, offset) : 0;
        if (reader >= 0) close(reader);
        if (over > 0) note(next(), 'W', status.st_ino, offset, over, path, old);
        free(old);
    }
    if (offset + count > status.st_size) note(next(), 'T', status.st_ino, status.st_size, 0, path, NULL);
}

#define WRITES(name, offset_type) \
    ssize_t name(int fd, const void *bytes, size_t count, offset_type offset) { \
        REAL(#name, ssize_t, int, const void *, size_t, offset_type); before(fd, offset, count); return real(fd, bytes, count, offset); }
WRITES(pwrite, off_t)
WRITES(pwrite64, off64_t)
ssize_t write(int fd, const void *bytes, size_t count) {
    REAL("write", ssize_t, int, const void *, size_t); before(fd, -1, count); return real(fd, bytes, count);
}

static void cut(int fd, long size) { /* as if what is cut off were written over, then the size */
    struct stat status; char path[PATH_MAX];
    if (!whose(fd, &status, path) || strstr(path, "-shm")) return;
    if (size < status.st_size) before(fd, size, status.st_size - size);
    note(next(), 'T', status.st_ino, status.st_size, 0, path, NULL);
}
int ftruncate(int fd, off_t size) { REAL("ftruncate", int, int, off_t); cut(fd, size); return real(fd, size); }
int ftruncate64(int fd, off64_t size) { REAL("ftruncate64", int, int, off64_t); cut(fd, size); return real(fd, size); }

static void synced(int fd, unsigned long at) {
    struct stat status; char path[PATH_MAX];
    if (whose(fd, &status, path)) note(at, 'S', status.st_ino, 0, 0, path, NULL);
}
#define SYNCS(name) int name(int fd) { \
        REAL(#name, int, int); unsigned long at = order ? next() : 0; int done = real(fd); if (!done) synced(fd, at); return done; }
SYNCS(fsync)
SYNCS(fdatasync)

static void made(char kind, const char *path) {
    struct stat status; char whole[PATH_MAX];
    if (order && realpath(path, whole) && ours(whole) && !stat(whole, &status)) note(next(), kind, status.st_ino, 0, 0, whole, NULL);
}
#define OPENS(name) int name(const char *path, int flags, ...) { \
        REAL(#name, int, const char *, int, ...); va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        int fresh = order && (flags & O_CREAT) && access(path, F_OK); \
        if (fresh && (flags & O_TRUNC)) flags &= ~O_TRUNC; \
        if (order && (flags & O_TRUNC) && !access(path, F_OK)) { int fd = real(path, flags & ~O_TRUNC, mode); if (fd >= 0 && ftruncate(fd, 0)) {} return fd; } \
        int fd = real(path, flags, mode), kept = errno; if (fresh && fd >= 0) made('C', path); errno = kept; return fd; }
OPENS(open)
OPENS(open64)
int mkdir(const char *path, mode_t mode) {
    REAL("mkdir", int, const char *, mode_t); int done = real(path, mode), kept = errno;
    if (!done) made('D', path);
    errno = kept; return done;
}
int rename(const char *from, const char *to) {
    REAL("rename", int, const char *, const char *);
    char old[PATH_MAX] = "", kept[PATH_MAX]; struct stat status;
    int mine = order && realpath(from, old) && ours(old);
    if (mine && !stat(to, &status)) { /* what the new name stood for until now */
        snprintf(kept, sizeof kept, "%s/kept-%lu", notes, status.st_ino);
        unlink(kept); if (link(to, kept)) {}
    } else status.st_ino = 0;
    int done = real(from, to), why = errno;
    if (mine && !done) {
        struct stat now; char whole[PATH_MAX];
        if (realpath(to, whole) && !stat(whole, &now)) {
            unsigned long at = next();
            note(at, 'R', now.st_ino, status.st_ino, 0, whole, NULL), note(at, 'F', now.st_ino, 0, 0, old, NULL);
        }
    }
    errno = why; return done;
}
