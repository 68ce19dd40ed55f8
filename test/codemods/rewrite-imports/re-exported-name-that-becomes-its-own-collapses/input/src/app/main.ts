import { OldRouter } from '../legacy/old-router';

export { OldRouter as MessageRouter, OldRouter as Router };
