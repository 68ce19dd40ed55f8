import type { AgentRequest } from './agent_registry';

export type Compensation = (request: AgentRequest) => void | Promise<void>;

/** Undoes the steps of an agent that failed half-way, the last one first. */
export class CompensationEngine {
  private readonly compensations = new Map<string, Compensation>();

  register_handler(step: string, compensation: Compensation): void {
    if (this.compensations.has(step)) throw new Error(`The step ${step} has a compensation already`);
    this.compensations.set(step, compensation);
  }

  /** The steps that were undone. One without a compensation has no effect to undo. */
  async compensate(steps: readonly string[], request: AgentRequest): Promise<string[]> {
    const undone: string[] = [];
    for (const step of [...steps].reverse()) {
      const compensation = this.compensations.get(step);
      if (!compensation) continue;
      await compensation(request);
      undone.push(step);
    }
    return undone;
  }
}
