/**
 * Describes any router for the operator's console (`/debug` in the pod). What is under inspection is found by name at
 * run time, so nothing is known about it.
 */
export function describe_component(name: string, component: any): string {
  const order: string[] = component.get_handler_order?.() ?? [];
  const lines = order.map((handler, index) => `  ${index + 1}. ${handler}`);
  return [`${name}: ${order.length} handlers`, ...lines].join('\n');
}
