export async function load() {
  const { MessageRouter } = await import('../core/message-router');
  const Other = (await import('../legacy/old-router')).OldRouter;
  const core = await import('../core/message-router');
  const third = new core.MessageRouter();
  await import('../legacy/old-router').then(({ OldRouter }) => new OldRouter());
  await import('../legacy/old-router').then((module) => new module.OldRouter());
  return [new MessageRouter(), new Other(), third];
}
