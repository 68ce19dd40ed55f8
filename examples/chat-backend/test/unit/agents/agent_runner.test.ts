import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AgentRegistry } from '../../../src/agents/agent_registry';
import { AgentRunner } from '../../../src/agents/agent_runner';
import { CompensationEngine } from '../../../src/agents/compensation_engine';
import { RollbackManager } from '../../../src/agents/rollback_manager';
import { QualityMonitor } from '../../../src/quality/quality_monitor';

const request = { user_id: 'ann', request: 'Book a room' };

describe('AgentRunner', () => {
  let compensation: CompensationEngine;
  let runner: AgentRunner;
  const monitor = new QualityMonitor();

  beforeEach(() => {
    compensation = new CompensationEngine();
    const agents = new AgentRegistry().register({
      name: 'booking',
      steps: [
        { name: 'reserve', perform: (_request, previous) => `${previous}: room 3 reserved` },
        { name: 'pay', perform: () => Promise.reject(new Error('card declined')) },
      ],
    });
    runner = new AgentRunner(agents, compensation, monitor);
  });

  it('undoes the steps that were done when one fails', async () => {
    const undo = vi.fn();
    compensation.register_handler('reserve', undo);
    compensation.register_handler('pay', vi.fn());
    const outcome = await runner.run('booking', request);
    expect(outcome).toEqual({ status: 'failed', reason: 'card declined', undone: ['reserve'] });
    expect(undo).toHaveBeenCalledWith(request);
    expect(runner.running_count('ann')).toBe(0);
  });

  it('fails for an agent that does not exist', async () => {
    expect(await runner.run('nobody', request)).toMatchObject({ status: 'failed', undone: [] });
  });
});

describe('CompensationEngine', () => {
  it('takes one compensation per step', () => {
    const engine = new CompensationEngine();
    engine.register_handler('reserve', () => {});
    expect(() => engine.register_handler('reserve', () => {})).toThrow('has a compensation already');
  });

  it('goes backwards', async () => {
    const engine = new CompensationEngine();
    for (const step of ['a', 'b', 'c']) engine.register_handler(step, () => {});
    expect(await engine.compensate(['a', 'x', 'b'], request)).toEqual(['b', 'a']);
  });
});

describe('RollbackManager', () => {
  it('restores every scope when the work throws', async () => {
    const manager = new RollbackManager();
    let value = 1;
    const handler = { scope: 'value', snapshot: () => value, restore: (old: unknown) => void (value = old as number) };
    const registered = vi.spyOn(manager, 'register_handler');
    manager.register_handler(handler);
    const work = async () => {
      value = 2;
      throw new Error('no');
    };
    await expect(manager.guard(work)).rejects.toThrow('no');
    expect(value).toBe(1);
    expect(registered).toHaveBeenCalledWith(handler);
    manager.remove_handler(handler);
    await expect(manager.guard(work)).rejects.toThrow('no');
    expect(value).toBe(2);
  });
});
