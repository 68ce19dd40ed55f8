export class ChatError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class NotFoundError extends ChatError {
  constructor(what: string, id: string) {
    super('NOT_FOUND', `${what} ${id} does not exist`);
  }
}

export class ForbiddenError extends ChatError {
  constructor(user_id: string, action: string) {
    super('FORBIDDEN', `${user_id} may not ${action}`);
  }
}

export class InvalidPayloadError extends ChatError {
  constructor(field: string) {
    super('INVALID_PAYLOAD', `The payload has no usable ${field}`);
  }
}
