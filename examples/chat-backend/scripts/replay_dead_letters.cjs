#!/usr/bin/env -S npx tsx
// Replays chat messages that were exported from the dead-letter queue, one JSON object per line:
//   npm run replay -- dead-letters.ndjson
'use strict';

const { readFileSync } = require('node:fs');
const { MessageRouter } = require('../src/core/message_router');

/** @param {string} file */
async function main(file) {
  const router = new MessageRouter();
  /** @type {Map<string, number>} */
  const by_user = new Map();

  router.register_handler('user_message', ({ userId }) => {
    by_user.set(userId, (by_user.get(userId) ?? 0) + 1);
  });
  // Whatever arrived twice is replayed once.
  const seen = new Set();
  router.add_middleware((message) => {
    if (message.message_id && seen.has(message.message_id)) return null;
    seen.add(message.message_id);
    return message;
  });

  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  for (const line of lines) {
    const letter = JSON.parse(line);
    const connection = { id: 'replay', send: () => true };
    await router.route_message({ userId: String(letter.body.user_id), connection }, letter.body);
  }

  const { total_messages } = router.get_statistics();
  console.log(`${total_messages} letters, ${by_user.size} users`);
}

if (require.main === module) main(process.argv[2] ?? 'dead-letters.ndjson');

module.exports = { main };
