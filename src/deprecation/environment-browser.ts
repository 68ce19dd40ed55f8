/** {@link ./environment.ts} in a browser: nobody says anything. */
import type * as node from './environment.ts';

export const rulesOfEnvironment: typeof node.rulesOfEnvironment = () => [];

export const policyOfPhase: typeof node.policyOfPhase = (phase = 'warn') =>
  phase === 'pending' ? 'silence' : phase === 'error' ? 'throw' : phase;

export const isFallback: typeof node.isFallback = () => false;
