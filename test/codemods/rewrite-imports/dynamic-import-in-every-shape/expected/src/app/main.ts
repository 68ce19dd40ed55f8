export async function load() {
  const { MessageRouter } = await import('../router/message-router');
  const Other = (await import('../router/message-router')).MessageRouter;
  const core = await import('../router/message-router');
  const third = new core.MessageRouter();
  await import('../router/message-router').then(({ MessageRouter: OldRouter }) => new OldRouter());
  await import('../router/message-router').then((module) => new module.MessageRouter());
  return [new MessageRouter(), new Other(), third];
}
