export { helper } from '../core/message-router' with { 'resolution-mode': 'import' };
export { MessageRouter } from '../router/message-router' with { 'resolution-mode': 'import' };
export * from '../core/audit' with { 'resolution-mode': 'require' }
export { Audit } from '../router/audit' with { 'resolution-mode': 'require' }
