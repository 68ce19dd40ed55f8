export interface Config {
  /** Messages that one user may send at once, and per second from then on. */
  readonly burst: number;
  readonly messages_per_second: number;
  readonly away_after_ms: number;
  readonly max_message_length: number;
  readonly quality_threshold: number;
}

export const DEFAULT_CONFIG: Config = {
  burst: 20,
  messages_per_second: 5,
  away_after_ms: 120_000,
  max_message_length: 4_000,
  quality_threshold: 0.6,
};

export function config_from_env(env: Record<string, string | undefined>): Config {
  return {
    burst: number_from(env.CHAT_BURST, DEFAULT_CONFIG.burst),
    messages_per_second: number_from(env.CHAT_RATE, DEFAULT_CONFIG.messages_per_second),
    away_after_ms: number_from(env.CHAT_AWAY_AFTER_MS, DEFAULT_CONFIG.away_after_ms),
    max_message_length: number_from(env.CHAT_MAX_LENGTH, DEFAULT_CONFIG.max_message_length),
    quality_threshold: number_from(env.CHAT_QUALITY_THRESHOLD, DEFAULT_CONFIG.quality_threshold),
  };
}

function number_from(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text === undefined || Number.isNaN(value) ? fallback : value;
}
