import { NotFoundError } from '../core/errors';

export interface AgentRequest {
  readonly user_id: string;
  readonly request: string;
}

/** One step of an agent's work. What it did can be named, so that it can be undone. */
export interface AgentStep {
  readonly name: string;
  perform(request: AgentRequest, previous: string): string | Promise<string>;
}

export interface Agent {
  readonly name: string;
  readonly steps: readonly AgentStep[];
}

export class AgentRegistry {
  private readonly agents = new Map<string, Agent>();

  register(agent: Agent): this {
    this.agents.set(agent.name, agent);
    return this;
  }

  find(name: string): Agent {
    const agent = this.agents.get(name);
    if (!agent) throw new NotFoundError('Agent', name);
    return agent;
  }

  names(): string[] {
    return [...this.agents.keys()].sort();
  }
}
