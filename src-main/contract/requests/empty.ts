import * as v from 'valibot';

/** The input of a request without parameters, and the output of one that returns nothing. */
export const empty = v.strictObject({});
