/// <reference path="../util/old-clock.ts" />
/// <reference types="@acme/legacy-router" />
/// <reference path="../core/message-router.ts" />
// <reference path="../util/old-clock.ts" />
export {};
