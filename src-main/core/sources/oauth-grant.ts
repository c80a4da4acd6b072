/** The secrets of a sign-in. */
export interface Tokens {
  accessToken: string;
  /** Absent if the platform issues none; the sign-in then ends with the access token. */
  refreshToken?: string;
  /** When the access token expires, ms since 1970; absent if the platform doesn't say. */
  expiresAt?: number;
}

/** The extent of a sign-in, as the platform reported it with the tokens. */
export interface OAuthGrant {
  scopes: string[];
  /** The ids of the projects that the user chose; empty for all, or if the platform has no such choice. */
  projects: string[];
}
