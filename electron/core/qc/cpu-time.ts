/** CPU time of this thread so far: the wall clock would count what others do on a busy machine. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
