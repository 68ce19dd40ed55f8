import type { QualityMonitor } from '../quality/quality_monitor';
import { score_content } from '../quality/review_supervisor';
import type { Agent, AgentRegistry, AgentRequest } from './agent_registry';
import type { CompensationEngine } from './compensation_engine';
import { RollbackManager } from './rollback_manager';

export type AgentOutcome =
  | { readonly status: 'completed'; readonly answer: string }
  | { readonly status: 'failed'; readonly reason: string; readonly undone: readonly string[] };

export class AgentRunner {
  private readonly rollback = new RollbackManager();
  private running = new Map<string, number>();

  constructor(
    private readonly registry: AgentRegistry,
    private readonly compensation: CompensationEngine,
    private readonly monitor: QualityMonitor,
  ) {
    this.rollback.register_handler({
      scope: 'running agents',
      snapshot: () => new Map(this.running),
      restore: (snapshot) => {
        this.running = snapshot as Map<string, number>;
      },
    });
  }

  async run(name: string, request: AgentRequest): Promise<AgentOutcome> {
    const done: string[] = [];
    try {
      const answer = await this.rollback.guard(() => this.perform(this.registry.find(name), request, done));
      this.monitor.record(name, score_content(answer, 'general').score);
      return { status: 'completed', answer };
    } catch (error) {
      const undone = await this.compensation.compensate(done, request);
      this.monitor.record(name, 0);
      return { status: 'failed', reason: error instanceof Error ? error.message : String(error), undone };
    }
  }

  running_count(user_id: string): number {
    return this.running.get(user_id) ?? 0;
  }

  private async perform(agent: Agent, request: AgentRequest, done: string[]): Promise<string> {
    this.running.set(request.user_id, this.running_count(request.user_id) + 1);
    let answer = request.request;
    for (const step of agent.steps) {
      answer = await step.perform(request, answer);
      done.push(step.name);
    }
    this.running.set(request.user_id, this.running_count(request.user_id) - 1);
    return answer;
  }
}
