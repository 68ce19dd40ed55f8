vi.mock('../src/router/audit', async (original) => ({ ...(await original()), Audit: vi.fn() }));
const { Audit } = await import('../src/router/audit');
new Audit();
