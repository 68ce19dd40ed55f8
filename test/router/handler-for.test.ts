import { expect, test } from 'vitest';
import { handlerFor, type RouteHandler } from '../../src/router/index.ts';
import { contextOf } from './support/router-parts.ts';

const MESSAGE = { type: 'chat', payload: {}, timestamp: 0 };

test('the handler takes its type and no other, and declares it', () => {
  const handler = handlerFor('chat', () => {});
  expect([handler.canHandle('chat'), handler.canHandle('ping')]).toEqual([true, false]);
  expect([handler.supportedTypes, handler.name, handler.priority]).toEqual([['chat'], 'TypeHandler(chat)', 0]);
});

test('the function gets context and message', async () => {
  const given: unknown[] = [];
  const context = contextOf('alice');
  await handlerFor('chat', (...args) => void given.push(...args)).handleMessage(context, MESSAGE);
  expect(given).toEqual([context, MESSAGE]);
});

test.each([
  [undefined, true],
  [true, true],
  [false, false],
  [Promise.resolve(false), false],
  [Promise.resolve(), true],
])('a function that returns %s', async (returned, result) => {
  expect(await handlerFor('chat', () => returned as boolean).handleMessage(contextOf('u'), MESSAGE)).toBe(result);
});

test('what the function throws is a rejection', async () => {
  const failing = handlerFor('chat', () => {
    throw new Error('no');
  });
  await expect(failing.handleMessage(contextOf('u'), MESSAGE)).rejects.toThrow('no');
});

test('a type that is no text, a handler that is no function and a priority that is no number are refused', () => {
  expect(() => handlerFor('', () => {})).toThrow(TypeError);
  expect(() => handlerFor('chat', {} as RouteHandler)).toThrow('The handler for chat is a function, not object');
  expect(() => handlerFor('chat', () => {}, Number.NaN)).toThrow(TypeError);
});
