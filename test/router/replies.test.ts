import { expect, test } from 'vitest';
import { errorMessage, serverMessage } from '../../src/router/index.ts';

test('an error reply has a code, a text and details', () => {
  expect(errorMessage({ code: 'JSON_PARSE_ERROR', message: 'Not JSON' }, 1500)).toEqual({
    type: 'error_message',
    error_code: 'JSON_PARSE_ERROR',
    error_message: 'Not JSON',
    details: {},
    timestamp: 1.5,
  });
});

test('an error reply passes on details and ways out', () => {
  const facts = { code: 'X', message: 'x', details: { at: 3 }, recoverySuggestions: ['Retry'] };
  expect(errorMessage(facts)).toMatchObject({ details: { at: 3 }, recovery_suggestions: ['Retry'] });
});

test('code and text are never blank', () => {
  expect(() => errorMessage({ code: ' ', message: 'x' })).toThrow(RangeError);
  expect(() => errorMessage({ code: 'X', message: '' })).toThrow('The error message X has a text that is not blank');
});

test('a server message is dated in seconds', () => {
  expect(serverMessage('pong', { a: 1 }, 2000)).toEqual({ type: 'pong', data: { a: 1 }, timestamp: 2 });
});
