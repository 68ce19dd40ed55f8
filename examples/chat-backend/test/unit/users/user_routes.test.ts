import { beforeEach, expect, it, vi } from 'vitest';
import * as core from '../../../src/core/message_router';
import { add_user_routes } from '../../../src/users/user_routes';
import { UserService } from '../../../src/users/user_service';
import { FakeClock, FakeConnection } from '../../support/fakes';

let router: core.MessageRouter;
let users: UserService;
let context: core.RouteContext & { connection: FakeConnection };

beforeEach(() => {
  router = new core.MessageRouter();
  users = new UserService(new FakeClock().read);
  users.add('ann', 'Ann', 'supervisor');
  add_user_routes(router, users);
  context = { userId: 'ann', connection: new FakeConnection() };
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

it('answers a connect with the profile', async () => {
  expect(await router.route_message(context, { type: 'connect' })).toBe(true);
  expect(context.connection.sent[0]).toMatchObject({ type: 'user_profile', data: { name: 'Ann', role: 'supervisor' } });
  expect(users.get('ann').last_seen).toBe(1_700_000_000_000);
});

it('renames', async () => {
  await router.route_message(context, { type: 'user_rename', payload: { name: ' Anna ' } });
  expect(users.get('ann').name).toBe('Anna');
});

it('does not rename to nothing', async () => {
  expect(await router.route_message(context, { type: 'user_rename', payload: { name: ' ' } })).toBe(false);
  expect(users.get('ann').name).toBe('Ann');
});

it('serves the old profile request until something better is registered', async () => {
  const cached = vi.fn(() => true);
  router.register_handler('user_profile', cached, 1);
  await router.route_message(context, { type: 'user_profile' });
  expect(cached).toHaveBeenCalledOnce();
});
