/**
 * CPU time of this thread so far: the wall clock would count what others do on a busy machine. Linux brings a thread's own time up to
 * date at its clock's ticks (4 ms) and when the thread sleeps, so that it was charged to whoever asked next: half of what
 * "feeding" cost was the instruments'. Asking for the time of the whole process brings it up to date at once.
 */
export function threadCpuMs(): number {
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
