// What was started is stopped, in the reverse order, also when something fails.
export class Undo {
  private readonly steps: (() => Promise<void>)[] = []

  push(step: () => Promise<void>): void {
    this.steps.push(step)
  }

  /** Notes how to stop what is being started, and gives it back. */
  async later<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    const started = await starting
    this.push(() => started.stop())
    return started
  }

  async all(): Promise<void> {
    for (const step of this.steps.splice(0).reverse()) await step().catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
  }
}
