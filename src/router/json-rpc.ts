import type { WireType } from './wire-types.ts';

/**
 * The wire type of a JSON-RPC 2.0 object; `undefined` when it is none: no `"jsonrpc": "2.0"`, or neither method, result
 * nor error. A method with an `id` is a request, also with `id: null`. https://www.jsonrpc.org/specification
 */
export function jsonRpcType(message: object): WireType | undefined {
  if (!Object.hasOwn(message, 'jsonrpc') || (message as { jsonrpc: unknown }).jsonrpc !== '2.0') return undefined;
  if (Object.hasOwn(message, 'method'))
    return Object.hasOwn(message, 'id') ? 'jsonrpc_request' : 'jsonrpc_notification';
  if (Object.hasOwn(message, 'result') || Object.hasOwn(message, 'error')) return 'jsonrpc_response';
  return undefined;
}
