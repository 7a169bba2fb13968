// The clocks of a stage: what waits eight hours waits no time at all, and the tool's clock may be off the LMS's.
import { setClock } from '../src/kernel/clock.ts'

export class MovedClock {
  /** How far both clocks were moved on, in ms. */
  private moved = 0
  /** How far the tool's clock is off the LMS's, in ms. */
  toolOff = 0

  readonly lms = (): number => Date.now() + this.moved
  readonly tool = (): number => this.lms() + this.toolOff

  install(): void {
    setClock(this.tool)
  }

  uninstall(): void {
    setClock()
  }

  advance(ms: number): void {
    this.moved += ms
  }

  /** How far it was moved on in all. */
  get movedMs(): number {
    return this.moved
  }
}
