declare module '@acme/legacy-router' {
  export class LegacyRouter {}
}
