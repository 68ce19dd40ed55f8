import { OldRouter as MessageRouter } from '../legacy/old-router';

export const router = new MessageRouter();
