/* Stands in front of write(2) in a recorder (LD_PRELOAD): a disk that is slow, gone, read-only or over quota, on command.
   HELICAL_FAULT_CONTROL names a file; while it holds "errno N" every write to a master fails so, "stall MS" holds one write up. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_master(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 4) return 0;
  path[length] = 0;
  return strcmp(path + length - 4, ".mkv") == 0;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
  const char *control = getenv("HELICAL_FAULT_CONTROL");
  if (!control || access(control, F_OK) != 0 || !is_master(fd)) return real(fd, bytes, count);
  char kind[16] = "";
  int value = 0;
  FILE *file = fopen(control, "r");
  if (!file) return real(fd, bytes, count);
  int fields = fscanf(file, "%15s %d", kind, &value);
  fclose(file);
  if (fields == 2 && strcmp(kind, "errno") == 0) {
    errno = value;
    return -1;
  }
  if (fields == 2 && strcmp(kind, "stall") == 0) {
    unlink(control);
    usleep((useconds_t)value * 1000);
  }
  return real(fd, bytes, count);
}
