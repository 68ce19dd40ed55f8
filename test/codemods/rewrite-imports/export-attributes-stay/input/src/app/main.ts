export { MessageRouter, helper } from '../core/message-router' with { 'resolution-mode': 'import' };
export * from '../core/audit' with { 'resolution-mode': 'require' }
