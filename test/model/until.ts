/** Resolves once `met` is true; rejects after ten seconds. */
export async function until(met: () => boolean, timeout = 10_000): Promise<void> {
  const end = performance.now() + timeout
  while (!met()) {
    if (performance.now() > end) throw new Error(`not met in ${timeout} ms: ${met}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
