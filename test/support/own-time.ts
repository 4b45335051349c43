/** Milliseconds that this thread has worked: other programs on the machine do not count. */
export function ownTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
