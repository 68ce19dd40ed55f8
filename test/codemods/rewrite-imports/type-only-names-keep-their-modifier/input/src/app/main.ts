import { type OldRouter } from '../legacy/old-router';

export let router: OldRouter | undefined;
