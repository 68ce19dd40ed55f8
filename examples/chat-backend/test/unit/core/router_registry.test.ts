import { expect, it, vi } from 'vitest';
import { NotFoundError, RouterRegistry } from '../../../src/core';
import { FakeConnection } from '../../support/fakes';

it('opens one router per tenant', () => {
  const registry = new RouterRegistry();
  expect(registry.open('acme')).toBe(registry.open('acme'));
  expect(registry.open('acme')).not.toBe(registry.open('globex'));
});

it('adds a route for every open tenant, and counts over all of them', async () => {
  const middleware = vi.fn((message) => message);
  const registry = new RouterRegistry([middleware]);
  const [acme, globex] = [registry.open('acme'), registry.open('globex')];
  const notice = vi.fn();
  registry.add_route_everywhere('maintenance_notice', notice);
  const context = { userId: 'ann', connection: new FakeConnection() };
  await acme.route_message(context, { type: 'maintenance_notice' });
  await globex.route_message(context, { type: 'maintenance_notice' });
  expect([notice.mock.calls.length, middleware.mock.calls.length]).toEqual([2, 2]);
  expect(registry.total_messages()).toBe(2);
});

it('does not close what is not open', () => {
  expect(() => new RouterRegistry().close('acme')).toThrow(NotFoundError);
});
