vi.mock('../src/core/audit', async (original) => ({ ...(await original()), Audit: vi.fn() }));
const { Audit } = await import('../src/core/audit');
new Audit();
