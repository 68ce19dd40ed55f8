export function handlerFor(type: string, handler: () => void): () => void { return handler; }
